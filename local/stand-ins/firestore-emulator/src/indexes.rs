//! Which fields the indexes of firestore.indexes.json name. A field that it does not name has no index here, although Firestore
//! gives each field one: rows of every field would be as large as the documents.

use std::{collections::HashMap, error::Error, fs, io::ErrorKind, path::Path};

use hidane_core::field_path::FieldPath;
use serde_json::Value;

/// The indexed fields of each collection ID in the order of their paths, each with its name as the file and queries write it.
pub type Indexes = HashMap<String, Vec<(String, FieldPath)>>;

/// The fields that the file beside `rules` names, as it stands beside them in this repository; none where there is no such file.
/// Fails where the file cannot be read as JSON.
pub fn beside(rules: Option<&Path>) -> Result<Indexes, Box<dyn Error>> {
    let mut indexes = Indexes::new();
    let Some(path) = rules.map(|rules| rules.with_file_name("firestore.indexes.json")) else {
        return Ok(indexes);
    };
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(indexes),
        read => read?,
    };
    let file: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    for index in list(&file["indexes"]) {
        for field in list(&index["fields"]).filter(|field| field["order"].is_string()) {
            add(&mut indexes, &index["collectionGroup"], &field["fieldPath"]);
        }
    }
    for field in list(&file["fieldOverrides"]) {
        if list(&field["indexes"]).any(|index| index["order"].is_string()) {
            add(&mut indexes, &field["collectionGroup"], &field["fieldPath"]);
        }
    }
    Ok(indexes)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn add(indexes: &mut Indexes, collection_id: &Value, field: &Value) {
    let (Some(id), Some(name)) = (collection_id.as_str(), field.as_str()) else {
        return;
    };
    let fields = indexes.entry(id.to_owned()).or_default();
    let Ok(path) = FieldPath::parse(name) else {
        return;
    };
    if name == "__name__" {
        return;
    }
    if let Err(place) = fields.binary_search_by(|(_, known)| known.cmp(&path)) {
        fields.insert(place, (name.to_owned(), path));
    }
}
