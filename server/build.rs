//! A changed browser code is a changed binary: the site is embedded.

fn main() {
    println!("cargo:rerun-if-changed=../target/site");
}
