//! The program `heng`: everything it does is in the library's `cli`.

fn main() -> std::process::ExitCode {
    heng::cli::main()
}
