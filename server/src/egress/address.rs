//! Which addresses are the world's, and which are a machine's or a network's own.

use std::net::IpAddr;

use super::Url;
use crate::config::Network;

/// What is not for the world to reach: the registries of special purpose of IANA (RFC 6890), and what carries such an address inside.
const NOT_PUBLIC: &[&str] = &[
    "0.0.0.0/8",       // this network
    "10.0.0.0/8",      // private
    "100.64.0.0/10",   // shared behind a carrier
    "127.0.0.0/8",     // loopback
    "169.254.0.0/16",  // link-local, and where clouds tell a machine its secrets
    "172.16.0.0/12",   // private
    "192.0.0.0/24",    // protocols
    "192.0.2.0/24",    // documentation
    "192.88.99.0/24",  // relays of 6to4
    "192.168.0.0/16",  // private
    "198.18.0.0/15",   // measuring
    "198.51.100.0/24", // documentation
    "203.0.113.0/24",  // documentation
    "224.0.0.0/4",     // multicast
    "240.0.0.0/4",     // reserved, broadcast
    "2001::/23",       // protocols, Teredo among them
    "2001:db8::/32",   // documentation
    "2002::/16",       // 6to4: an address of IPv4 inside
    "3fff::/20",       // documentation
];

/// Of IPv6 only this is global at all: not loopback, mapped and translated IPv4, unique local (`fc00::/7`), link-local (`fe80::/10`), multicast.
const GLOBAL_V6: &str = "2000::/3";

/// Whether the world may be meant by an address. An address of IPv4 inside one of IPv6 counts as what it is.
pub(super) fn is_public(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let lies_in = |text: &str| Network::parse(text).is_none_or(|network| network.holds(address));
    let is_global = address.is_ipv4() || lies_in(GLOBAL_V6);
    is_global && !NOT_PUBLIC.iter().any(|text| lies_in(text))
}

/// The number that a URL names instead of a name: resolvers are not asked about it. However it is written, in decimal, octal or hexadecimal, the
/// parser of URLs has made it one form.
pub(super) fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_reads() {
        for text in NOT_PUBLIC.iter().chain([&GLOBAL_V6]) {
            assert!(Network::parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_not_the_worlds_is_refused() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_the_worlds_passes() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "126.255.255.255",
            "128.0.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00:1450:4001::1",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn a_number_is_seen_however_it_is_written() {
        for text in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://127.1/",
            "https://127.0.0.1./",
            "https://①27.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:7f00:1]/",
            "https://[0:0:0:0:0:ffff:127.0.0.1]/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[fe80::1]/",
        ] {
            let url = Url::parse(text).unwrap();
            assert_eq!(literal(&url).map(is_public), Some(false), "{text}");
        }
        assert_eq!(literal(&Url::parse("https://localhost/").unwrap()), None);
    }

    proptest::proptest! {
        #[test]
        fn an_address_is_the_same_inside_another(number: u32) {
            let plain = std::net::Ipv4Addr::from_bits(number);
            proptest::prop_assert_eq!(is_public(plain.into()), is_public(plain.to_ipv6_mapped().into()));
            // other ways to carry it are closed altogether
            proptest::prop_assert!(!is_public(plain.to_ipv6_compatible().into()));
        }
    }
}
