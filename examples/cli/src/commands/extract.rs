//! `lead extract`

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};

use clap::{Args, ValueEnum};
use futures::{Stream, StreamExt};
use lead_core::contacts::ExtractOptions;
use lead_core::fetch::warc::{Page, Pages, is_warc};
use lead_core::page::ParseOptions;
use lead_core::phone::Mode;
use lead_core::record::{Contacts, SafeUrl};
use lead_core::seam::{Fetcher, Request};
use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;

use crate::Exit;
use crate::apart::apart;
use crate::app::App;
use crate::exit::Tally;
use crate::halt::{Outcome, io_error};
use crate::inputs::{Input, Named, inputs};
use crate::net::NetArgs;
use crate::parallel::{blocking, cores};
use crate::screen::one_line;
use crate::table::table;

/// Web pages fetched at a time; how often one host is asked is the pace's matter.
const FETCHES: usize = 16;

/// Find the contacts of pages
///
/// Prints one JSON object a document, in the order of the inputs: telephone numbers, e-mail addresses, profiles,
/// addresses, places and persons, each with evidence and confidence. A folder stands for the web pages and archives in it, a
/// web archive (WARC, WET or WACZ, compressed or not) for the pages it holds. An input that fails is told on standard error; the rest goes on.
#[derive(Args, Debug)]
pub(crate) struct Extract {
    /// Files, folders, web archives, addresses of pages, or - for standard input
    #[arg(value_name = "FILE|URL|-", default_value = "-")]
    inputs: Vec<String>,
    /// Country whose national numbers are read; without it the page itself tells, as far as it does
    #[arg(long, value_name = "CC")]
    region: Option<String>,
    /// Address that files and standard input came from
    #[arg(long, value_name = "URL")]
    base_url: Option<SafeUrl>,
    /// Rules for real pages on top of the reference's matcher, or exactly its answers
    #[arg(long, value_name = "MODE", default_value = "smart")]
    mode: Mode,
    /// Form of the results
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    net: NetArgs,
}

/// Form of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One indented JSON object a document.
    #[default]
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A table for people.
    Table,
}

#[derive(Serialize)]
struct Answer<'a> {
    input: &'a str,
    #[serde(flatten)]
    contacts: &'a Contacts,
}

/// What every input is read with.
struct Reader {
    options: ExtractOptions,
    fetcher: Option<Fetcher>,
    stdin: Mutex<Box<dyn Read + Send>>,
}

impl Extract {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let mut options = ExtractOptions::default();
        options.region.clone_from(&self.region);
        options.base_url = self.base_url.as_ref().map(ToString::to_string);
        options.mode = self.mode;
        lead_core::extract("", &options)?; // a region that does not exist is bad usage, told at once
        if let Some(archive) = &self.net.warc {
            apart("--warc", archive, self.inputs.iter().map(Path::new))?;
        }
        let inputs = inputs(&self.inputs);
        let fetches = inputs
            .iter()
            .any(|named| matches!(named.input, Ok(Input::Url(_))));
        let reader = Arc::new(Reader {
            options,
            fetcher: fetches.then(|| self.net.fetcher(app)).transpose()?,
            stdin: Mutex::new(app.take_input()),
        });
        let ahead = if fetches { FETCHES } else { cores() + 1 };
        let answers = futures::stream::iter(inputs)
            .flat_map(|named| documents(named).boxed())
            .map(|document| Arc::clone(&reader).read(document))
            .buffered(ahead);
        self.print(app, answers).await
    }

    async fn print(
        &self,
        app: &mut App,
        answers: impl Stream<Item = (String, Result<Contacts>)>,
    ) -> Outcome<Exit> {
        let mut rows = table(&["Input", "Name", "Phones", "E-mails", "Profiles"], app.width);
        let mut tally = Tally::default();
        let mut answers = pin!(answers);
        while let Some((input, answer)) = answers.next().await {
            match answer {
                Ok(contacts) => {
                    tally.done += 1;
                    match self.format {
                        Format::Table => drop(rows.add_row(row(&input, &contacts))),
                        form => app.json(
                            &Answer {
                                input: &input,
                                contacts: &contacts,
                            },
                            form == Format::Json,
                        )?,
                    }
                }
                Err(error) => {
                    let error = error.with("input", &input);
                    app.screen.error_with_hint(&error);
                    tally.failed(error.kind());
                }
            }
        }
        if self.format == Format::Table && tally.done > 0 {
            app.line(&rows.to_string())?;
        }
        Ok(tally.exit())
    }
}

/// What is to be read: an input, or a page of an archive.
enum Document {
    Input(Named),
    Page(String, Result<Page>),
}

/// An input itself, or the pages of the archive that it is. Files are looked at where that may block.
fn documents(named: Named) -> impl Stream<Item = Document> {
    // A few are read ahead: the archive is inflated while its pages are extracted.
    let (sender, receiver) = tokio::sync::mpsc::channel(cores() + 1);
    tokio::task::spawn_blocking(move || {
        let Ok(Input::File(path)) = &named.input else {
            return drop(sender.blocking_send(Document::Input(named)));
        };
        if !Pages::is_archive(path) {
            return drop(sender.blocking_send(Document::Input(named)));
        }
        let page = |page| Document::Page(named.name.clone(), page);
        let pages = match Pages::open(path) {
            Ok(pages) => pages,
            Err(error) => return drop(sender.blocking_send(page(Err(error)))),
        };
        for one in pages {
            if sender.blocking_send(page(one)).is_err() {
                return; // nobody listens any more
            }
        }
    });
    futures::stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|document| (document, receiver))
    })
}

impl Reader {
    async fn read(self: Arc<Self>, document: Document) -> (String, Result<Contacts>) {
        match document {
            Document::Page(name, Ok(page)) => {
                let contacts = blocking(move || self.page(&page)).await.flatten();
                (name, contacts)
            }
            Document::Page(name, Err(error)) => (name, Err(error)),
            Document::Input(Named { name, input }) => (name, self.input(input).await),
        }
    }

    async fn input(self: Arc<Self>, input: Result<Input>) -> Result<Contacts> {
        match input? {
            Input::Url(url) => self.fetch(url).await,
            Input::File(path) => blocking(move || lead_core::extract(file(&path)?, &self.options))
                .await
                .flatten(),
            Input::Stdin => blocking(move || lead_core::extract(self.stdin()?, &self.options))
                .await
                .flatten(),
        }
    }

    fn page(&self, page: &Page) -> Result<Contacts> {
        let mut options = self.options.clone();
        options.base_url = Some(page.url.to_string());
        options.content_type = page.content_type().map(str::to_owned);
        lead_core::extract(&page.body, &options).map_err(|error| error.with("offset", page.offset))
    }

    async fn fetch(self: Arc<Self>, url: SafeUrl) -> Result<Contacts> {
        let Some(fetcher) = &self.fetcher else {
            return Err(Error::new(ErrorKind::Internal, "extract", "there is no fetcher"));
        };
        let response = fetcher.fetch(Request::get(url)).await?.error_for_status()?;
        let mut options = self.options.clone();
        options.base_url = Some(response.url.to_string());
        options.content_type = response.content_type().map(str::to_owned);
        blocking(move || lead_core::extract(&response.body, &options))
            .await
            .flatten()
    }

    fn stdin(&self) -> Result<Vec<u8>> {
        let mut stdin = self.stdin.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = read_capped(&mut *stdin, "standard input")?;
        if is_warc(&bytes) {
            let message = "a web archive is read from a file, not from standard input";
            return Err(Error::new(ErrorKind::Unsupported, "read", message));
        }
        Ok(bytes)
    }
}

fn file(path: &Path) -> Result<Vec<u8>> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|cause| io_error("read", &name, cause))?;
    read_capped(file, &name)
}

/// Reads a document, and of one that is too large just so much that extraction refuses it.
fn read_capped(input: impl Read, name: &str) -> Result<Vec<u8>> {
    let cap = ParseOptions::default().max_bytes as u64 + 1;
    let mut bytes = Vec::new();
    input
        .take(cap)
        .read_to_end(&mut bytes)
        .map_err(|cause| io_error("read", name, cause))?;
    Ok(bytes)
}

pub(super) fn row(input: &str, contacts: &Contacts) -> [String; 5] {
    let all = &contacts.findings;
    let list = |values: Vec<String>| one_line(&values.join("; "));
    [
        one_line(input),
        list(
            all.organizations
                .iter()
                .take(1)
                .map(|found| found.name.clone())
                .collect(),
        ),
        list(
            all.phones
                .iter()
                .map(|found| format!("{} ({})", found.e164, found.confidence))
                .collect(),
        ),
        list(
            all.emails
                .iter()
                .map(|found| format!("{} ({})", found.address, found.confidence))
                .collect(),
        ),
        list(
            all.socials
                .iter()
                .map(|found| format!("{} {}", found.network, found.handle))
                .collect(),
        ),
    ]
}
