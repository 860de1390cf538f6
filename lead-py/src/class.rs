//! What all classes share: frozen, comparable, picklable, with a plain-data form that is the library's own JSON.

use lead_core::{Error, ErrorKind};
use pyo3::prelude::*;
use serde_json::Value;

use crate::error::raise;

/// A Python class around a Rust value, shown as one of `module`. `fields` are converted on each access; `lists` become tuples and
/// `ones`, which may be missing, objects, once.
macro_rules! class {
    (
        $(#[doc = $doc:literal])+
        $name:ident($inner:ty) in $module:literal
        fields { $($(#[doc = $field_doc:literal])+ $field:ident: $out:ty = |$it:ident| $value:expr;)* }
        lists { $($(#[doc = $list_doc:literal])+ $list:ident: $item:ident = |$of:ident| $items:expr;)* }
        $(ones { $($(#[doc = $one_doc:literal])+ $one:ident: $one_item:ident = |$from:ident| $one_value:expr;)* })?
    ) => {
        $(#[doc = $doc])+
        #[pyclass(frozen, module = $module)]
        pub(crate) struct $name {
            pub(crate) inner: $inner,
            $($list: pyo3::sync::PyOnceLock<Py<pyo3::types::PyTuple>>,)*
            $($($one: pyo3::sync::PyOnceLock<Option<Py<$one_item>>>,)*)?
        }

        impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                Self {
                    inner,
                    $($list: pyo3::sync::PyOnceLock::new(),)*
                    $($($one: pyo3::sync::PyOnceLock::new(),)*)?
                }
            }
        }

        #[pymethods]
        impl $name {
            $(
                $(#[doc = $field_doc])+
                #[getter]
                fn $field(&self) -> $out {
                    let $it = &self.inner;
                    $value
                }
            )*
            $(
                $(#[doc = $list_doc])+
                #[getter]
                fn $list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyTuple>> {
                    let made = self.$list.get_or_try_init(py, || {
                        let $of = &self.inner;
                        let items = $items.iter().map(|item| $item::from(item.clone()));
                        pyo3::types::PyTuple::new(py, items).map(Bound::unbind)
                    })?;
                    Ok(made.bind(py).clone())
                }
            )*
            $($(
                $(#[doc = $one_doc])+
                #[getter]
                fn $one(&self, py: Python<'_>) -> PyResult<Option<Py<$one_item>>> {
                    let made = self.$one.get_or_try_init(py, || {
                        let $from = &self.inner;
                        $one_value.map(|one| Py::new(py, $one_item::from(one.clone()))).transpose()
                    })?;
                    Ok(made.as_ref().map(|one| one.clone_ref(py)))
                }
            )*)?

            /// Plain data: dicts, lists, strings, numbers, as in the library's JSON.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                crate::class::plain(py, &self.to_json(py)?)
            }

            /// The library's JSON.
            fn to_json(&self, py: Python<'_>) -> PyResult<String> {
                serde_json::to_string(&self.inner).map_err(|error| crate::class::unreadable(py, &error))
            }

            /// Reads what `to_json` wrote.
            #[classmethod]
            fn from_json(cls: &Bound<'_, pyo3::types::PyType>, text: &str) -> PyResult<Self> {
                serde_json::from_str::<$inner>(text)
                    .map(Self::from)
                    .map_err(|error| crate::class::unreadable(cls.py(), &error))
            }

            fn __eq__(&self, other: &Self) -> bool {
                self.inner == other.inner
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                Ok(crate::class::repr(stringify!($name), &self.to_json(py)?))
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                Ok((py.get_type::<Self>().getattr("from_json")?, (self.to_json(py)?,)))
            }
        }
    };
}
pub(crate) use class;

/// A value without a class of its own: plain data in Python.
pub(crate) struct Json(pub(crate) String);

impl<'py> IntoPyObject<'py> for Json {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
}

/// The wire name of an enum's variant.
pub(crate) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A value as the library's JSON.
pub(crate) fn json_of(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// JSON as Python's own `json` reads it.
pub(crate) fn plain<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (json,))
}

/// The exception for JSON that is none of ours.
pub(crate) fn unreadable(py: Python<'_>, cause: &serde_json::Error) -> PyErr {
    raise(py, &Error::new(ErrorKind::Decode, "from_json", cause.to_string()))
}

/// A figure as it is written: the `f32` 0.97 is Python's 0.97, not 0.9700000286102295.
pub(crate) fn figure(value: f32) -> f64 {
    value.to_string().parse().unwrap_or_else(|_| f64::from(value))
}

/// `Phone(e164="+33478000001", confidence=0.97)`: what is there, lists by their length.
pub(crate) fn repr(class: &str, json: &str) -> String {
    let Ok(Value::Object(fields)) = serde_json::from_str(json) else {
        return class.to_owned();
    };
    let shown: Vec<String> = fields
        .iter()
        .filter_map(|(name, value)| match value {
            Value::Null | Value::Object(_) => None,
            Value::Array(list) if list.is_empty() => None,
            Value::Array(list) => Some(format!("{name}=<{}>", list.len())),
            Value::Bool(yes) => Some(format!("{name}={}", if *yes { "True" } else { "False" })),
            other => Some(format!("{name}={other}")),
        })
        .collect();
    format!("{class}({})", shown.join(", "))
}
