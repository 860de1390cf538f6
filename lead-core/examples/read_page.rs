//! Prints what a page holds: `cargo run -p lead-core --example read_page -- FILE.html [BASE-URL]`.
#![allow(clippy::print_stdout, reason = "an example")]

use lead_core::page::{Document, ParseOptions, Value};
use lead_core::{Error, ErrorKind};
use url::Url;

fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let Some(file) = arguments.next() else {
        println!("usage: read_page FILE.html [BASE-URL]");
        return Ok(());
    };
    let bytes = std::fs::read(&file)
        .map_err(|error| Error::new(ErrorKind::Io, "read", "cannot read the file").because(error))?;
    let base = arguments.next().and_then(|url| Url::parse(&url).ok());
    let document = Document::parse(&bytes, &ParseOptions::new().base_url(base.as_ref()))?;
    print_page(&document);
    Ok(())
}

fn print_page(document: &Document) {
    let encoding = document.encoding();
    println!("title     {:?}", document.title());
    println!("language  {:?}", document.language());
    println!("encoding  {} ({:?})", encoding.name, encoding.rule);
    println!(
        "blocks    {}, elements {}",
        document.blocks().len(),
        document.elements().len()
    );
    for link in document.links().filter(|link| link.href().contains(':')) {
        println!(
            "link      {} {:?} at {}",
            link.href(),
            link.label(),
            link.element().locator()
        );
    }
    for entry in document.meta().entries() {
        println!("meta      {} = {}", entry.name, entry.content);
    }
    for node in document.structured().nodes() {
        println!("node      {:?} {:?}", node.origin(), node.types());
        for (name, value) in node.properties() {
            match value {
                Value::Node(id) => println!("            {name} -> node {}", id.index()),
                other => println!("            {name} = {}", other.to_text().unwrap_or_default()),
            }
        }
    }
    for warning in document.warnings() {
        println!("warning   {warning}");
    }
    println!("\n{}", document.text());
}
