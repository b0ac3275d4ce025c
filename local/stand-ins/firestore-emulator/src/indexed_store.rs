//! hidane's store in memory, with a row for each document of an indexed collection: the values of its indexed fields, as bytes that
//! sort as Firestore sorts values. A planned query is decided on these rows, and visits the documents that it needs; without them
//! the engine decodes every document of the collection, which takes 15 to 22 µs for a scan.

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
    sync::{Arc, PoisonError, RwLock},
};

use hidane_core::{
    field_path::get,
    key::{encode_path, encode_path_prefix, encode_value, path_subtree_end},
    path::ResourcePath,
    store::{
        Change, Commit, ListItem, ListOptions, MemoryStore, ReadTime, Store, StoreError, StoredDocument, Visit,
        WriteBatch,
    },
};

use crate::{cut::Cut, indexes::Indexes, plan::Plan, planned};

/// What is known of a document, or of one that was deleted.
pub struct Row {
    path: Arc<ResourcePath>,
    /// When the document was last written or deleted: the row says nothing of reads before that.
    written_at: ReadTime,
    /// None where the document was deleted.
    document: Option<Arc<StoredDocument>>,
    /// Of each indexed field of the collection ID, None where the document has no such field.
    pub values: Box<[Option<Box<[u8]>>]>,
}

/// The rows of all collections with one ID, by the encoded paths of their documents, which sort as `__name__` does.
type Rows = BTreeMap<Vec<u8>, Row>;

pub struct IndexedStore {
    inner: MemoryStore,
    indexes: Arc<Indexes>,
    /// By database and collection ID. Whoever needs the lock takes it before those of `inner`, and a commit holds it, so that rows
    /// and documents never differ.
    rows: RwLock<HashMap<String, HashMap<String, Rows>>>,
}

impl IndexedStore {
    pub fn new(indexes: Arc<Indexes>) -> Self {
        Self { inner: MemoryStore::new(), indexes, rows: RwLock::default() }
    }

    /// The collection ID of the changed document and its new row, where the collection is indexed.
    fn row(&self, change: &Change, written_at: ReadTime) -> Option<(String, Row)> {
        let id = change.path.collection_id()?;
        let indexed = self.indexes.get(id)?;
        let fields = change.after.as_ref().map(|document| document.fields());
        let values = indexed.iter().map(|(_, path)| {
            let value = get(fields.as_ref()?, path)?;
            Some(encode_value(value).into_boxed_slice())
        });
        let row = Row {
            path: Arc::clone(&change.path),
            written_at,
            document: change.after.clone(),
            values: values.collect(),
        };
        Some((id.to_owned(), row))
    }

    /// The documents that the plan needs as they were at `at`, in the order of `__name__`. What was written after `at` is among them
    /// in any case, since its row is of a later version.
    fn documents(&self, plan: &Plan, at: ReadTime) -> Vec<Arc<StoredDocument>> {
        let all = self.rows.read().unwrap_or_else(PoisonError::into_inner);
        let Some(rows) = all.get(&plan.database).and_then(|rows| rows.get(&plan.collection_id)) else {
            return Vec::new();
        };
        let below = encode_path_prefix(plan.place.segments());
        let end = path_subtree_end(&below);
        let cut = plan.cut.as_ref();
        let first = cut.and_then(Cut::first_key).filter(|key| **key > below && **key < end).cloned().unwrap_or(below);
        let mut entries = Vec::new();
        let mut later = Vec::new();
        for entry in rows.range(first..end).filter(|(_, row)| plan.covers(&row.path)) {
            if cut.is_some_and(|cut| cut.is_full(entries.len())) {
                break;
            }
            if entry.1.written_at > at {
                later.push(entry);
            } else if entry.1.document.is_some() && plan.matches(entry) {
                entries.push(entry);
            }
        }
        if let Some(cut) = cut {
            cut.apply(&mut entries);
        }
        entries.extend(later);
        entries.sort_unstable_by_key(|(key, _)| *key);
        let as_it_was = |(_, row): (_, &Row)| {
            if row.written_at > at { self.inner.get(&plan.database, &row.path, at) } else { row.document.clone() }
        };
        entries.into_iter().filter_map(as_it_was).collect()
    }
}

impl Store for IndexedStore {
    fn list_collection(
        &self,
        database: &str,
        collection: &ResourcePath,
        at: ReadTime,
        options: ListOptions<'_>,
        visit: &mut dyn FnMut(ListItem<'_>) -> ControlFlow<()>,
    ) {
        let whole = options.after.is_none() && !options.include_missing;
        let of_query = |plan: &Plan| whole && plan.reads(database, collection, None);
        match planned::documents(of_query, |plan| self.documents(plan, at)) {
            Some(documents) => _ = documents.iter().try_for_each(|document| visit(ListItem::Document(document))),
            None => self.inner.list_collection(database, collection, at, options, visit),
        }
    }

    fn scan_collection_group(
        &self,
        database: &str,
        parent: &ResourcePath,
        collection_id: &str,
        at: ReadTime,
        visit: &mut Visit<'_>,
    ) {
        let of_query = |plan: &Plan| plan.reads(database, parent, Some(collection_id));
        match planned::documents(of_query, |plan| self.documents(plan, at)) {
            Some(documents) => _ = documents.iter().try_for_each(visit),
            None => self.inner.scan_collection_group(database, parent, collection_id, at, visit),
        }
    }

    fn commit(
        &self,
        database: &str,
        write: &mut dyn FnMut(&mut dyn WriteBatch) -> Result<(), StoreError>,
    ) -> Result<Commit, StoreError> {
        let mut all = self.rows.write().unwrap_or_else(PoisonError::into_inner);
        let commit = self.inner.commit(database, write)?;
        for change in &commit.changes {
            if let Some((id, row)) = self.row(change, commit.commit_time) {
                let rows = all.entry(database.to_owned()).or_default().entry(id).or_default();
                rows.insert(encode_path(change.path.segments()), row);
            }
        }
        Ok(commit)
    }

    fn clear_database(&self, database: &str) -> ReadTime {
        let mut all = self.rows.write().unwrap_or_else(PoisonError::into_inner);
        all.remove(database);
        self.inner.clear_database(database)
    }

    fn clear(&self) {
        let mut all = self.rows.write().unwrap_or_else(PoisonError::into_inner);
        all.clear();
        self.inner.clear();
    }

    fn latest_read_time(&self, database: &str) -> ReadTime {
        self.inner.latest_read_time(database)
    }

    fn earliest_read_time(&self, database: &str) -> ReadTime {
        self.inner.earliest_read_time(database)
    }

    fn get(&self, database: &str, path: &ResourcePath, at: ReadTime) -> Option<Arc<StoredDocument>> {
        self.inner.get(database, path, at)
    }

    fn scan_descendants(&self, database: &str, parent: &ResourcePath, at: ReadTime, visit: &mut Visit<'_>) {
        self.inner.scan_descendants(database, parent, at, visit);
    }

    fn list_collection_ids(&self, database: &str, parent: &ResourcePath, at: ReadTime) -> Vec<String> {
        self.inner.list_collection_ids(database, parent, at)
    }

    fn database_names(&self) -> Vec<String> {
        self.inner.database_names()
    }
}
