//! Proofs over many events at once (RFC 9162).
//!
//! A leaf is hashed behind 0x00 (`envelope::leaf`), a node behind 0x01, so neither passes for the other.

use super::Digest;

/// The root over these leaf hashes, in order. Without leaves it is the hash of nothing.
#[must_use]
pub fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(b""),
        [leaf] => *leaf,
        _ => {
            let (left, right) = halves(leaves);
            node(&root(left), &root(right))
        }
    }
}

/// The proof that the leaf at `index` (from 0) lies under the root; `None` if there is no such leaf.
#[must_use]
pub fn inclusion(leaves: &[Digest], index: usize) -> Option<Vec<Digest>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let (left, right) = halves(leaves);
    let (mut proof, sibling) = match index.checked_sub(left.len()) {
        None => (inclusion(left, index)?, root(right)),
        Some(index) => (inclusion(right, index)?, root(left)),
    };
    proof.push(sibling);
    Some(proof)
}

/// Whether `leaf` is the leaf at `index` of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2).
#[must_use]
pub fn includes(root: &Digest, size: u64, index: u64, leaf: &Digest, proof: &[Digest]) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            hash = node(sibling, &hash);
            while place % 2 == 0 && place != 0 {
                place /= 2;
                last /= 2;
            }
        } else {
            hash = node(&hash, sibling);
        }
        place /= 2;
        last /= 2;
    }
    last == 0 && hash == *root
}

/// The proof that the tree over all leaves continues the tree over the first `size` of them.
///
/// `None` unless `size` lies between 1 and the number of leaves.
#[must_use]
pub fn consistency(leaves: &[Digest], size: usize) -> Option<Vec<Digest>> {
    (1..=leaves.len()).contains(&size).then(|| subproof(leaves, size, true)).flatten()
}

/// SUBPROOF of RFC 9162, 2.1.4.1. `known`: the old root is known to the reader, and not repeated in the proof.
fn subproof(leaves: &[Digest], size: usize, known: bool) -> Option<Vec<Digest>> {
    if size == leaves.len() {
        return Some(if known { Vec::new() } else { vec![root(leaves)] });
    }
    let (left, right) = halves(leaves);
    let (mut proof, sibling) = match size.checked_sub(left.len()) {
        Some(within @ 1..) => (subproof(right, within, false)?, root(left)),
        _ => (subproof(left, size, known)?, root(right)),
    };
    proof.push(sibling);
    Some(proof)
}

/// Whether the tree of `new_size` leaves continues the tree of `old_size` (RFC 9162, 2.1.4.2).
#[must_use]
pub fn continues(old_root: &Digest, old_size: u64, new_root: &Digest, new_size: u64, proof: &[Digest]) -> bool {
    if old_size == 0 || old_size > new_size {
        return false;
    }
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    let mut path = proof.iter();
    // A full old tree is itself a node of the new one, so its root starts the path.
    let start = if old_size.is_power_of_two() { Some(old_root) } else { path.next() };
    let Some(start) = start else { return false };
    let (mut place, mut last) = (old_size - 1, new_size - 1);
    while place % 2 == 1 {
        place /= 2;
        last /= 2;
    }
    let (mut old, mut new) = (*start, *start);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            old = node(sibling, &old);
            new = node(sibling, &new);
            while place % 2 == 0 && place != 0 {
                place /= 2;
                last /= 2;
            }
        } else {
            new = node(&new, sibling);
        }
        place /= 2;
        last /= 2;
    }
    last == 0 && old == *old_root && new == *new_root
}

/// The leaves of the two subtrees: the left one has the largest power of two below their number. Only for two leaves or more.
fn halves(leaves: &[Digest]) -> (&[Digest], &[Digest]) {
    let left = leaves.len().div_ceil(2).next_power_of_two();
    leaves.split_at_checked(left).unwrap_or((leaves, &[]))
}

fn node(left: &Digest, right: &Digest) -> Digest {
    Digest::over(&[&[1], &left.0, &right.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{envelope::leaf, hex};

    fn digest(text: &str) -> Digest {
        Digest::parse(text).unwrap()
    }

    /// The inputs of the reference implementation of RFC 6962.
    fn reference_leaves() -> Vec<Digest> {
        let inputs: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        inputs.into_iter().map(leaf).collect()
    }

    /// Its roots for 1 to 8 leaves.
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn the_roots_are_those_of_the_reference_implementation() {
        let leaves = reference_leaves();
        assert_eq!(root(&[]), digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        for (size, expected) in (1..).zip(ROOTS) {
            assert_eq!(root(&leaves[..size]), digest(expected), "{size} leaves");
        }
    }

    #[test]
    fn the_inclusion_proofs_are_those_of_the_reference_implementation() {
        let leaves = reference_leaves();
        let proof = |size: usize, index| inclusion(&leaves[..size], index).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(proof(1, 0), Vec::<String>::new());
        assert_eq!(
            proof(8, 0),
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        );
        assert_eq!(
            proof(8, 5),
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(proof(3, 2), ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]);
        assert_eq!(
            proof(5, 1),
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        );
    }

    #[test]
    fn the_consistency_proofs_are_those_of_the_reference_implementation() {
        let leaves = reference_leaves();
        let proof = |new: usize, old| consistency(&leaves[..new], old).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(proof(1, 1), Vec::<String>::new());
        assert_eq!(
            proof(8, 1),
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        );
        assert_eq!(
            proof(8, 6),
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(
            proof(5, 2),
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        );
    }

    fn leaves(count: u8) -> Vec<Digest> {
        (0..count).map(|n| leaf(&[n])).collect()
    }

    #[test]
    fn every_leaf_of_every_tree_is_proven_and_nothing_else_is() {
        for size in 1..=33 {
            let leaves = leaves(size);
            let top = root(&leaves);
            for index in 0..size {
                let proof = inclusion(&leaves, index.into()).unwrap();
                let proves = |size: u8, index: u8, leaf: &Digest, proof: &[Digest]| includes(&top, size.into(), index.into(), leaf, proof);
                let own = &leaves[usize::from(index)];
                assert!(proves(size, index, own, &proof));
                assert!(!proves(size, index, &leaf(b"another"), &proof));
                assert!(!proves(size, size, own, &proof));
                assert!(!proves(size, index, own, &[proof.clone(), vec![top]].concat()));
                for other in (0..size).filter(|other| *other != index) {
                    assert!(!proves(size, other, own, &proof), "leaf {index} passed for {other} of {size}");
                }
                for bad in 0..proof.len() {
                    let mut proof = proof.clone();
                    proof[bad].0[0] ^= 1;
                    assert!(!proves(size, index, own, &proof));
                    proof.remove(bad);
                    assert!(!proves(size, index, own, &proof));
                }
            }
            assert_eq!(inclusion(&leaves, size.into()), None);
        }
    }

    #[test]
    fn every_tree_continues_every_earlier_one_and_no_rewritten_one() {
        for new in 1..=33_u8 {
            let leaves = leaves(new);
            let new_root = root(&leaves);
            for old in 1..=new {
                let old_leaves = &leaves[..usize::from(old)];
                let proof = consistency(&leaves, old.into()).unwrap();
                let holds = |old_root: &Digest, proof: &[Digest]| continues(old_root, old.into(), &new_root, new.into(), proof);
                assert!(holds(&root(old_leaves), &proof), "{old} to {new}");
                assert!(!holds(&root(old_leaves), &[proof.clone(), vec![new_root]].concat()));
                let mut rewritten = old_leaves.to_vec();
                rewritten[0] = leaf(b"another");
                assert!(!holds(&root(&rewritten), &proof), "{old} to {new}");
                for bad in 0..proof.len() {
                    let mut proof = proof.clone();
                    proof[bad].0[31] ^= 1;
                    assert!(!holds(&root(old_leaves), &proof));
                }
            }
            assert_eq!(consistency(&leaves, 0), None);
            assert_eq!(consistency(&leaves, usize::from(new) + 1), None);
            assert!(!continues(&new_root, u64::from(new) + 1, &new_root, new.into(), &[]));
        }
    }

    #[test]
    fn a_node_does_not_pass_for_a_leaf() {
        let pair = leaves(2);
        let inner = [pair[0].0, pair[1].0].concat();
        assert_ne!(leaf(&inner), root(&pair));
        assert_eq!(hex::encode(&root(&pair).0), root(&pair).to_string());
    }
}
