//! Which documents a query needs, as far as the rows of its collection tell. The engine runs the query itself over what it is
//! shown, so a plan may show too much; it must not leave out a document that belongs to the answer. Of what a plan does not
//! understand (an OR, a `!=`, null, a field without an index), it leaves out nothing.

use std::cmp::Ordering;

use hidane_core::path::ResourcePath;
use hidane_proto::google::firestore::v1::{
    StructuredQuery, Value,
    structured_query::{FieldFilter, Filter, composite_filter, field_filter::Operator, filter::FilterType},
    value::ValueType,
};

use crate::{
    cut::{Cut, encoded},
    indexed_store::Row,
    indexes::Indexes,
};

/// A row by the encoded path of its document.
pub type Entry<'a> = (&'a Vec<u8>, &'a Row);

pub struct Plan {
    pub database: String,
    pub collection_id: String,
    /// The path of the collection; of a group, that of the document it lies below.
    pub place: ResourcePath,
    group: bool,
    tests: Vec<Test>,
    /// None where something of the query is not understood: all that pass the tests are shown then.
    pub cut: Option<Cut>,
}

/// A filter: a value of the type of one of `operands`, to which it compares as one of `accepted` says.
pub struct Test {
    pub field: usize,
    accepted: &'static [Ordering],
    operands: Vec<Vec<u8>>,
}

impl Plan {
    /// A plan for the query below `parent`, where it leaves out anything. Of a query that is not `whole`, because more than it says
    /// decides on its answer, the filters alone are planned.
    pub fn of(indexes: &Indexes, parent: &str, query: &StructuredQuery, whole: bool) -> Option<Self> {
        let (database, below) = parent.split_once("/documents")?;
        let [from] = query.from.as_slice() else {
            return None;
        };
        let fields: Vec<&str> = indexes.get(&from.collection_id)?.iter().map(|(name, _)| name.as_str()).collect();
        let parent = ResourcePath::parse(below.trim_start_matches('/'))?;
        let mut tests = Vec::new();
        let understood = query.r#where.as_ref().is_none_or(|filter| add_tests(filter, &fields, &mut tests));
        let exact = whole && understood && query.find_nearest.is_none();
        let cut = exact.then(|| Cut::of(database, query, &fields, &tests)).flatten();
        if tests.is_empty() && cut.as_ref().is_none_or(Cut::keeps_all) {
            return None;
        }
        Some(Self {
            database: database.to_owned(),
            collection_id: from.collection_id.clone(),
            place: if from.all_descendants { parent } else { parent.child(from.collection_id.clone()) },
            group: from.all_descendants,
            tests,
            cut,
        })
    }

    /// Whether the plan is for this collection, or for the group of this ID below a document.
    pub fn reads(&self, database: &str, place: &ResourcePath, group: Option<&str>) -> bool {
        self.group == group.is_some()
            && group.is_none_or(|id| id == self.collection_id)
            && self.database == database
            && self.place == *place
    }

    pub fn covers(&self, document: &ResourcePath) -> bool {
        if self.group { document.len() > self.place.len() } else { document.len() == self.place.len() + 1 }
    }

    pub fn matches(&self, entry: Entry<'_>) -> bool {
        self.tests.iter().all(|test| test.passes(entry)) && self.cut.as_ref().is_none_or(|cut| cut.holds(entry))
    }
}

impl Test {
    fn of(filter: &FieldFilter, fields: &[&str]) -> Option<Self> {
        let name = filter.field.as_ref()?.field_path.as_str();
        let value = filter.value.as_ref()?;
        let accepted: &[Ordering] = match filter.op() {
            Operator::Equal | Operator::In => &[Ordering::Equal],
            Operator::LessThan => &[Ordering::Less],
            Operator::LessThanOrEqual => &[Ordering::Less, Ordering::Equal],
            Operator::GreaterThan => &[Ordering::Greater],
            Operator::GreaterThanOrEqual => &[Ordering::Greater, Ordering::Equal],
            _ => return None,
        };
        let operands = match (&value.value_type, filter.op()) {
            (Some(ValueType::ArrayValue(array)), Operator::In) => array.values.as_slice(),
            _ => std::slice::from_ref(value),
        };
        Some(Self {
            field: fields.iter().position(|field| *field == name)?,
            accepted,
            operands: operands.iter().map(scalar).collect::<Option<_>>()?,
        })
    }

    /// The first byte of an encoded value stands for its type.
    fn passes(&self, (_, row): Entry<'_>) -> bool {
        let Some(value) = &row.values[self.field] else {
            return false;
        };
        let passes = |operand: &Vec<u8>| operand[0] == value[0] && self.accepted.contains(&(**value).cmp(operand));
        self.operands.iter().any(passes)
    }

    pub fn is_range(&self) -> bool {
        self.accepted != [Ordering::Equal]
    }
}

/// Adds the tests of a conjunction; false where it has a part that is not understood.
fn add_tests(filter: &Filter, fields: &[&str], tests: &mut Vec<Test>) -> bool {
    match &filter.filter_type {
        Some(FilterType::CompositeFilter(all)) if all.op() == composite_filter::Operator::And => {
            all.filters.iter().fold(true, |understood, filter| add_tests(filter, fields, tests) && understood)
        }
        Some(FilterType::FieldFilter(filter)) => match Test::of(filter, fields) {
            Some(test) => {
                tests.push(test);
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// The encoded value where it is of a type whose comparisons have no exceptions: null and NaN equal nothing, not even themselves.
fn scalar(value: &Value) -> Option<Vec<u8>> {
    match &value.value_type {
        Some(ValueType::DoubleValue(number)) if number.is_nan() => None,
        Some(
            ValueType::BooleanValue(_)
            | ValueType::IntegerValue(_)
            | ValueType::DoubleValue(_)
            | ValueType::TimestampValue(_)
            | ValueType::StringValue(_),
        ) => Some(encoded(value)),
        _ => None,
    }
}
