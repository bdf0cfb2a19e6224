//! Secrets that cannot be guessed, names that cannot either, and what is kept of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};

/// A secret of 256 bits, as it stands in cookies, links and tokens.
pub(crate) fn secret() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// A name of 128 bits for something that must not be found by guessing.
pub(crate) fn name() -> String {
    random::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is kept of a secret: enough to know it again, not enough to use it.
pub(crate) fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).expect("the operating system gives random numbers");
    bytes
}
