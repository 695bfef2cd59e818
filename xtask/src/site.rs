//! The files that the server carries: hashed browser code and style, `public/`, and their
//! compressed twins.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::css;
use crate::step::{Doing, Failure, Outcome};

/// Where the site is made, from the project's root.
pub(crate) const SITE: &str = "target/site";

/// What is compressed ahead of time.
const COMPRESSED: [&str; 6] = ["wasm", "js", "css", "svg", "json", "webmanifest"];

/// The list of the hashed files, which the server reads; nobody else gets it.
const ASSETS: &str = "assets.json";

/// What a phone keeps beside the hashed files, to open the app without a network: the mark in every bar, and
/// the empty document in three languages, which the server makes.
const MARK: &str = "favicon.svg";
const SHELLS: [&str; 3] = ["/shell/fi", "/shell/sv", "/shell/en"];

/// What makes the empty document: where it changes, with the same files beside it, phones fetch it anew.
const SHELL_MAKERS: [&str; 3] = ["app/src/app.rs", "server/src/headers.rs", "server/src/shell.rs"];

/// How large a part of the site is, in bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Size {
    /// As it is.
    pub(crate) raw: u64,
    /// As it travels, compressed with brotli.
    pub(crate) brotli: u64,
}

/// How large the site is.
pub(crate) struct Sizes {
    /// WebAssembly and JavaScript together.
    pub(crate) code: Size,
    /// The style sheet.
    pub(crate) css: Size,
}

/// Makes the site from what wasm-bindgen made (`client.js` and `client.wasm` in `browser`), and
/// puts it in its place at once. `compress` is left out in development.
pub(crate) fn make(browser: &Path, compress: bool) -> Outcome {
    let draft = PathBuf::from(format!("{SITE}.draft-{}", std::process::id()));
    let made = fill(&draft, browser, compress).and_then(|()| swap(&draft));
    if made.is_err() {
        // What matters is why it was not made.
        drop(fs::remove_dir_all(&draft));
    }
    made
}

/// Fills a fresh folder with the whole site.
fn fill(site: &Path, browser: &Path, compress: bool) -> Outcome {
    let pkg = site.join("pkg");
    fs::create_dir_all(&pkg).doing(format_args!("make the folder {}", pkg.display()))?;
    if Path::new("public").is_dir() {
        copy_folder(Path::new("public"), site)?;
    }

    let snippets = browser.join("snippets");
    if snippets.is_dir() {
        copy_folder(&snippets, &pkg.join("snippets"))?;
    }
    let wasm = read(&browser.join("client.wasm"))?;
    let wasm_name = hashed("client", "wasm", &wasm);
    write(&pkg.join(&wasm_name), &wasm)?;
    let js = read(&browser.join("client.js"))?;
    let js_name = hashed("client", "js", &js);
    write(&pkg.join(&js_name), &js)?;
    let words = read(Path::new("app/client/words.js"))?;
    let words_name = hashed("words", "js", &words);
    write(&pkg.join(&words_name), &words)?;
    let slider = read(Path::new("app/client/slider.js"))?;
    let slider_name = hashed("slider", "js", &slider);
    write(&pkg.join(&slider_name), &slider)?;
    // The scripts that bring others name them by their hashes.
    let naming = |script: &str| -> Outcome<String> {
        let text = read(&Path::new("app/client").join(script).with_extension("js"))?;
        let text = String::from_utf8_lossy(&text)
            .replace("./words.js", &format!("./{words_name}"))
            .replace("./client.js", &format!("./{js_name}"))
            .replace("./client.wasm", &format!("./{wasm_name}"));
        let name = hashed(script, "js", text.as_bytes());
        write(&pkg.join(&name), text.as_bytes())?;
        Ok(name)
    };
    let (boot_name, desk_name, draft_name) = (naming("boot")?, naming("desk")?, naming("draft")?);
    let css = css::bundle(Path::new("style/main.css"))?;
    let css_name = hashed("main", "css", css.as_bytes());
    write(&pkg.join(&css_name), css.as_bytes())?;
    let assets = format!(
        "{{\"css\":\"/pkg/{css_name}\",\"boot\":\"/pkg/{boot_name}\",\"words\":\"/pkg/{words_name}\",\"slider\":\"/pkg/{slider_name}\",\"draft\":\"/pkg/{draft_name}\",\"desk\":\"/pkg/{desk_name}\"}}\n"
    );
    write(&site.join("sw.js"), service_worker(site)?.as_bytes())?;
    if compress {
        compress_folder(site)?;
    }
    write(&site.join(ASSETS), assets.as_bytes())
}

/// The service worker's script for a site whose files are all there, and not compressed yet.
fn service_worker(site: &Path) -> Outcome<String> {
    let mut kept = files(&site.join("pkg"))?;
    kept.push(site.join(MARK));
    let mut contents = Vec::new();
    for path in kept {
        let below = path.strip_prefix(site).unwrap_or(&path);
        contents.push((format!("/{}", below.display()), read(&path)?));
    }
    let mut shell = Vec::new();
    for maker in SHELL_MAKERS {
        shell.extend(read(Path::new(maker))?);
    }
    let source = read(Path::new("app/client/sw.js"))?;
    Ok(listing(&String::from_utf8_lossy(&source), &contents, &shell))
}

/// Puts the list of the files into the service worker's script, and the build's name: a hash over the script,
/// the files' names and contents, and what makes the empty document.
fn listing(source: &str, contents: &[(String, Vec<u8>)], shell: &[u8]) -> String {
    let mut hash = Sha256::new();
    let files = contents.iter().flat_map(|(name, content)| [name.as_bytes(), content.as_slice()]);
    for part in [source.as_bytes(), shell].into_iter().chain(files) {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let build: String = hex(&hash.finalize()).chars().take(16).collect();
    let names = contents.iter().map(|(name, _)| name.as_str()).chain(SHELLS);
    let list = names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    source.replacen("__BUILD__", &build, 1).replacen("\"__FILES__\"", &list, 1)
}

/// Puts a finished folder in the site's place.
fn swap(draft: &Path) -> Outcome {
    let site = Path::new(SITE);
    let old = PathBuf::from(format!("{SITE}.old-{}", std::process::id()));
    let placing = || format!("put the site into {SITE}");
    let had_one = site.exists();
    if had_one {
        fs::rename(site, &old).doing(placing())?;
    }
    fs::rename(draft, site).doing(placing())?;
    if had_one {
        fs::remove_dir_all(&old).doing(format_args!("remove {}", old.display()))?;
    }
    Ok(())
}

/// Whether there is a whole site.
pub(crate) fn is_there() -> bool {
    Path::new(SITE).join(ASSETS).is_file()
}

/// Makes sure that the site's folder is there, since the server does not compile without.
pub(crate) fn make_room() -> Outcome {
    fs::create_dir_all(SITE).doing(format_args!("make the folder {SITE}"))
}

/// How large the site is that is there now.
pub(crate) fn sizes() -> Outcome<Sizes> {
    let mut code = Size::default();
    let mut css = Size::default();
    for path in files(&Path::new(SITE).join("pkg"))? {
        let size = match path.extension().and_then(OsStr::to_str) {
            Some("wasm" | "js") => &mut code,
            Some("css") => &mut css,
            _ => continue,
        };
        size.raw += length(&path)?;
        size.brotli += length(&twin(&path)).unwrap_or(0);
    }
    Ok(Sizes { code, css })
}

/// A file's length.
fn length(path: &Path) -> Outcome<u64> {
    let data = fs::metadata(path).doing(format_args!("read {}", path.display()))?;
    Ok(data.len())
}

/// A name that changes with the content: the first 16 hexadecimal digits of its SHA-256.
fn hashed(stem: &str, extension: &str, content: &[u8]) -> String {
    let digits: String = hex(&Sha256::digest(content)).chars().take(16).collect();
    format!("{stem}.{digits}.{extension}")
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file below a folder, in a steady order.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, &mut found)?;
    found.sort();
    Ok(found)
}

/// Adds every file below a folder.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Outcome {
    let reading = || format!("read the folder {}", folder.display());
    for entry in fs::read_dir(folder).doing(reading())? {
        let path = entry.doing(reading())?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// Copies a folder with all in it.
fn copy_folder(from: &Path, to: &Path) -> Outcome {
    for path in files(from)? {
        let below = path.strip_prefix(from).unwrap_or(&path);
        let target = to.join(below);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).doing(format_args!("make the folder {}", folder.display()))?;
        }
        fs::copy(&path, &target).doing(format_args!("copy {}", path.display()))?;
    }
    Ok(())
}

/// Puts a compressed twin beside each file that gains by it.
fn compress_folder(site: &Path) -> Outcome {
    for path in files(site)? {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        if COMPRESSED.contains(&extension) {
            compress(&path)?;
        }
    }
    Ok(())
}

/// The compressed twin's path.
fn twin(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

/// Makes the compressed twin of one file, as small as it gets.
fn compress(path: &Path) -> Outcome {
    let content = read(path)?;
    let target = twin(path);
    let compressing = || format!("write {}", target.display());
    let mut out = BufWriter::new(File::create(&target).doing(compressing())?);
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut content.as_slice(), &mut out, &settings).doing(compressing())?;
    out.flush().doing(compressing())
}

/// A file's content.
fn read(path: &Path) -> Outcome<Vec<u8>> {
    let content = fs::read(path).doing(format_args!("read {}", path.display()))?;
    if content.is_empty() {
        return Err(Failure::new(format!("{} is empty", path.display())));
    }
    Ok(content)
}

/// Writes a file.
fn write(path: &Path, content: &[u8]) -> Outcome {
    fs::write(path, content).doing(format_args!("write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_content() {
        assert_eq!(hashed("main", "css", b""), "main.e3b0c44298fc1c14.css");
        assert_eq!(twin(Path::new("pkg/a.js")), Path::new("pkg/a.js.br"));
    }

    #[test]
    fn the_service_worker_names_its_files_and_a_build_that_tells_them() {
        let source = include_str!("../../app/client/sw.js");
        let files = [("/pkg/a.js".to_owned(), b"1".to_vec()), ("/favicon.svg".to_owned(), b"2".to_vec())];
        let made = listing(source, &files, b"shell");
        let list = r#"FILES = ["/pkg/a.js", "/favicon.svg", "/shell/fi", "/shell/sv", "/shell/en"];"#;
        assert!(made.contains(list), "{made}");
        assert!(!made.contains("__"), "no gap is left");
        assert_eq!(made, listing(source, &files, b"shell"), "the same build has the same name");

        let build = |made: &str| made.split("BUILD = \"").nth(1).map(|rest| rest[..16].to_owned());
        let [mut renamed, mut changed] = [files.clone(), files.clone()];
        renamed[0].0 = "/pkg/b.js".to_owned();
        changed[1].1 = b"3".to_vec();
        for other in [
            listing(source, &renamed, b"shell"),
            listing(source, &changed, b"shell"),
            listing(source, &files, b"another shell"),
            listing(&format!("{source} "), &files, b"shell"),
        ] {
            assert_ne!(build(&other), build(&made));
        }
    }
}
