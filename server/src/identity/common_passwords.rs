//! Passwords that others try first, long enough to pass by length alone.

/// Lower-case, without spaces and punctuation at the ends.
pub(super) const COMMON: &[&str] = &[
    "1234567890123456", "123456789012345", "123456789123456789", "111111111111111", "000000000000000", "qwertyuiopasdfgh", "qwertyuiopasdfghjkl",
    "qwertyuiopasdfghjklzxcvbnm", "qwertyqwertyqwerty", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u8i", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8",
    "zaq12wsxcde34rfv", "abcdefghijklmno", "abcdefghijklmnopqrstuvwxyz", "passwordpassword", "passwordpassword1", "password1password1",
    "password123password123", "password12345678", "password123456789", "password1234567890", "passw0rdpassw0rd", "p@ssw0rdp@ssw0rd",
    "mypasswordispassword", "thisismypassword", "thisisapassword", "iloveyouiloveyou", "iloveyou123456789", "iloveyouforever", "letmeinletmein",
    "letmeinletmeinletmein", "welcomewelcome1", "welcome123456789", "welcometothehouse", "changemechangeme", "changemeplease123", "administrator123",
    "administrator1234", "adminadminadmin", "adminadminadmin1", "correcthorsebatterystaple", "correct horse battery staple", "trustno1trustno1",
    "monkeymonkeymonkey", "dragondragondragon", "sunshinesunshine", "princessprincess", "footballfootball", "baseballbaseball", "supermansuperman",
    "onceuponatimethere", "jesusislordofall", "ilovejesuschrist", "summersummer2026", "winterwinter2026", "summer2026summer2026", "january2026january",
    "companypassword", "companypassword1", "recruitingrecruiting", "recruiter1234567", "staffingstaffing", "humanresources1", "humanresources123",
];
