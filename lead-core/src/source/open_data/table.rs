//! Columns of Arrow, a row at a time.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array, ArrayRef, BinaryArray, ListArray, RecordBatch, StringArray, StructArray};

use crate::{Error, ErrorKind, Result};

/// Some rows of a Parquet file.
pub(in crate::source) struct Table<'a>(Node<'a>);

#[derive(Clone, Copy)]
enum Node<'a> {
    Batch(&'a RecordBatch),
    Struct(&'a StructArray),
}

/// A column of text; one that the file lacks is empty.
#[derive(Clone, Copy)]
pub(in crate::source) struct Texts<'a>(Option<&'a StringArray>);

/// A column of lists of text.
#[derive(Clone, Copy)]
pub(in crate::source) struct TextLists<'a>(Option<(&'a ListArray, &'a StringArray)>);

/// A column of numbers.
#[derive(Clone, Copy)]
pub(in crate::source) struct Numbers<'a>(Option<&'a ArrayRef>);

impl<'a> Table<'a> {
    pub(in crate::source) fn new(batch: &'a RecordBatch) -> Self {
        Self(Node::Batch(batch))
    }

    fn column(&self, path: &[&str]) -> Option<&'a ArrayRef> {
        let (last, way) = path.split_last()?;
        let mut node = self.0;
        for name in way {
            node = Node::Struct(node.child(name)?.as_struct_opt()?);
        }
        node.child(last)
    }

    /// The text at this path through nested columns.
    pub(in crate::source) fn texts(&self, path: &[&str]) -> Texts<'a> {
        Texts(self.column(path).and_then(|column| column.as_string_opt()))
    }

    /// The same for a column that must be there.
    pub(in crate::source) fn need(&self, name: &'static str) -> Result<Texts<'a>> {
        let texts = self.texts(&[name]);
        let missing =
            || Error::new(ErrorKind::Decode, "open data", "a column of text is missing").with("column", name);
        texts.0.map(|_| texts).ok_or_else(missing)
    }

    pub(in crate::source) fn lists(&self, path: &[&str]) -> TextLists<'a> {
        let list = self.column(path).and_then(|column| column.as_list_opt::<i32>());
        TextLists(list.and_then(|list| Some((list, list.values().as_string_opt()?))))
    }

    /// A list of structs, and its values as a table of their own.
    pub(in crate::source) fn nested(&self, path: &[&str]) -> Option<(&'a ListArray, Table<'a>)> {
        let list: &ListArray = self.column(path)?.as_list_opt()?;
        Some((list, Table(Node::Struct(list.values().as_struct_opt()?))))
    }

    pub(in crate::source) fn bytes(&self, path: &[&str]) -> Option<&'a BinaryArray> {
        self.column(path)?.as_binary_opt()
    }

    pub(in crate::source) fn numbers(&self, path: &[&str]) -> Numbers<'a> {
        Numbers(self.column(path))
    }
}

impl<'a> Node<'a> {
    fn child(self, name: &str) -> Option<&'a ArrayRef> {
        match self {
            Self::Batch(batch) => batch.column_by_name(name),
            Self::Struct(all) => all.column_by_name(name),
        }
    }
}

impl<'a> Texts<'a> {
    /// What stands in a row, when something does.
    pub(in crate::source) fn get(self, row: usize) -> Option<&'a str> {
        let texts = self.0.filter(|texts| row < texts.len() && texts.is_valid(row))?;
        Some(texts.value(row).trim()).filter(|text| !text.is_empty())
    }
}

impl<'a> TextLists<'a> {
    /// The list of a row; empty when there is none.
    pub(in crate::source) fn get(self, row: usize) -> impl Iterator<Item = &'a str> {
        let list = self
            .0
            .map(|(list, values)| (range(list, row), Texts(Some(values))));
        list.into_iter()
            .flat_map(|(rows, values)| rows.filter_map(move |row| values.get(row)))
    }
}

/// Where the values of a row's list stand.
pub(in crate::source) fn range(list: &ListArray, row: usize) -> std::ops::Range<usize> {
    if row >= list.len() || list.is_null(row) {
        return 0..0;
    }
    let place = |at: usize| {
        list.value_offsets()
            .get(at)
            .and_then(|place| usize::try_from(*place).ok())
    };
    place(row).unwrap_or(0)..place(row + 1).unwrap_or(0)
}

impl Numbers<'_> {
    /// The number in a row.
    pub(in crate::source) fn get(self, row: usize) -> Option<f64> {
        let column = self
            .0
            .filter(|column| row < column.len() && column.is_valid(row))?;
        if let Some(doubles) = column.as_primitive_opt::<Float64Type>() {
            return Some(doubles.value(row));
        }
        column
            .as_primitive_opt::<Float32Type>()
            .map(|singles| f64::from(singles.value(row)))
    }
}
