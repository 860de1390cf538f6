//! Sources that are written in Python.

use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use lead_bind::sources::{Ask, application_error};
use lead_core::{Error, ErrorKind, Result};
use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::exit::enter;

/// How a step is taken: `take(query, cursor, reply)` begins it and gives what cancels it, or None.
pub(crate) struct PythonSource {
    pub(crate) id: String,
    pub(crate) take: Arc<Py<PyAny>>,
}

/// Who is told what a step comes to: `reply(batch, None)` or `reply(None, error)`, once.
#[pyclass(frozen, module = "lead._native")]
pub(crate) struct Reply {
    source: String,
    tell: Mutex<Option<oneshot::Sender<Result<String>>>>,
}

#[pymethods]
impl Reply {
    fn __call__(&self, py: Python<'_>, batch: Option<String>, error: Option<Py<PyAny>>) {
        let answer = match (batch, error) {
            (Some(batch), _) => Ok(batch),
            (None, error) => Err(error_of(py, &self.source, error.as_ref())),
        };
        let tell = self.tell.lock().unwrap_or_else(PoisonError::into_inner).take();
        // Whoever asked may have been stopped.
        let _ = tell.map(|tell| tell.send(answer));
    }
}

/// The typed error of an exception: its own where it is one of ours.
fn error_of(py: Python<'_>, source: &str, error: Option<&Py<PyAny>>) -> Error {
    let Some(error) = error.map(|error| error.bind(py)) else {
        return application_error(source, "it gave nothing");
    };
    let kind = error.getattr("kind").and_then(|kind| kind.extract::<String>());
    let known = kind
        .ok()
        .and_then(|name| ErrorKind::ALL.iter().find(|kind| kind.name() == name));
    let told = error.str().map(|text| text.to_string()).unwrap_or_default();
    let class = error
        .get_type()
        .name()
        .map(|name| name.to_string())
        .unwrap_or_default();
    let told = if told.is_empty() {
        class
    } else {
        format!("{class}: {told}")
    };
    let made = application_error(source, &told);
    match known {
        Some(kind) => {
            let own = Error::new(*kind, "source", made.message().to_owned()).with("source", source);
            let retryable = error
                .getattr("retryable")
                .and_then(|yes| yes.extract::<bool>())
                .unwrap_or_default();
            if retryable { own.temporary() } else { own }
        }
        None => made,
    }
}

impl Ask for PythonSource {
    fn step(&self, query: String, cursor: Option<String>) -> BoxFuture<'static, Result<String>> {
        let (tell, told) = oneshot::channel();
        let (take, source) = (Arc::clone(&self.take), self.id.clone());
        Box::pin(async move {
            let step = Step::default();
            let cancel = Arc::clone(&step.cancel);
            // To wait for the interpreter is to block, and so may the step.
            let begun = tokio::task::spawn_blocking(move || {
                enter(|py| {
                    let reply = Reply {
                        source: source.clone(),
                        tell: Mutex::new(Some(tell)),
                    };
                    let begun = Py::new(py, reply).and_then(|reply| {
                        let begun = take.call1(py, (query, cursor, reply.clone_ref(py)));
                        if let Err(error) = &begun {
                            let error = error.value(py).clone().into_any().unbind();
                            reply.get().__call__(py, None, Some(error));
                        }
                        begun
                    });
                    let handle = begun.ok().filter(|handle| !handle.is_none(py));
                    *cancel.lock().unwrap_or_else(PoisonError::into_inner) = handle;
                });
            });
            let broken = |cause| Error::new(ErrorKind::Internal, "source", "a step broke off").because(cause);
            begun.await.map_err(broken)?;
            let gone = || Error::new(ErrorKind::Cancelled, "source", "the interpreter is ending");
            let answer = told.await.unwrap_or_else(|_| Err(gone()));
            step.is_over();
            answer
        })
    }
}

/// A step under way; it is cancelled when nobody waits for it any more.
#[derive(Default)]
struct Step {
    cancel: Arc<Mutex<Option<Py<PyAny>>>>,
}

impl Step {
    fn is_over(&self) {
        self.cancel.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        let cancel = self.cancel.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let (Some(cancel), Ok(runtime)) = (cancel, lead_bind::runtime()) {
            runtime.spawn_blocking(move || {
                enter(|py| {
                    if let Err(error) = cancel.call0(py) {
                        error.write_unraisable(py, None);
                    }
                });
            });
        }
    }
}
