//! The command line.

fn main() {
    let _ = entente::routes::OPEN;
}
