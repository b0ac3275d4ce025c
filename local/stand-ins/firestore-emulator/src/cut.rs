//! Which part of the documents that match a query its answer consists of, by the query's orders, cursors and limit.

use std::{cmp::Ordering, collections::BTreeSet};

use hidane_core::{key::encode_value, normalize::normalize_value};
use hidane_proto::google::firestore::v1::{
    Cursor, StructuredQuery, Value, structured_query::Direction, value::ValueType,
};

use crate::plan::{Entry, Test};

/// The part of the sorted matches that the answer consists of.
pub struct Cut {
    orders: Vec<Order>,
    start: Option<Bound>,
    end: Option<Bound>,
    /// How many of them, those that `offset` skips included.
    wanted: Option<usize>,
}

struct Order {
    /// None for `__name__`.
    field: Option<usize>,
    descending: bool,
}

struct Bound {
    values: Vec<Vec<u8>>,
    before: bool,
}

impl Cut {
    /// Completes the orders as the engine does: by the fields of inequalities and by name, in the last given direction.
    pub fn of(database: &str, query: &StructuredQuery, fields: &[&str], tests: &[Test]) -> Option<Self> {
        let mut orders = Vec::new();
        for order in &query.order_by {
            let name = order.field.as_ref()?.field_path.as_str();
            let field = if name == "__name__" { None } else { Some(fields.iter().position(|field| *field == name)?) };
            orders.push(Order { field, descending: order.direction() == Direction::Descending });
        }
        let given = orders.len();
        let descending = orders.last().is_some_and(|order| order.descending);
        // Fields stand in the order of their paths.
        let ranges: BTreeSet<usize> = tests.iter().filter(|test| test.is_range()).map(|test| test.field).collect();
        for field in ranges.into_iter().map(Some).chain([None]) {
            if orders.iter().all(|order| order.field != field) {
                orders.push(Order { field, descending });
            }
        }
        let bound = |cursor: &Option<Cursor>| match cursor {
            Some(cursor) => Bound::of(database, cursor, &orders[..given]).map(Some),
            None => Some(None),
        };
        let (start, end) = (bound(&query.start_at)?, bound(&query.end_at)?);
        let wanted = match query.limit {
            Some(limit) => Some(usize::try_from(query.offset.checked_add(limit)?).ok()?),
            None => None,
        };
        Some(Self { start, end, wanted, orders })
    }

    pub fn keeps_all(&self) -> bool {
        self.start.is_none() && self.end.is_none() && self.wanted.is_none()
    }

    fn by_name(&self) -> bool {
        matches!(self.orders.as_slice(), [Order { field: None, descending: false }])
    }

    /// The key before which nothing is wanted, in the order of `__name__`.
    pub fn first_key(&self) -> Option<&Vec<u8>> {
        self.start.as_ref().filter(|_| self.by_name())?.values.first()
    }

    /// Whether no more is wanted than these matches, which came in the order of `__name__`.
    pub fn is_full(&self, matches: usize) -> bool {
        self.by_name() && self.wanted.is_some_and(|wanted| matches >= wanted)
    }

    /// Leaves of all matches those that the answer consists of, in any order.
    pub fn apply(&self, matches: &mut Vec<Entry<'_>>) {
        let Some(wanted) = self.wanted.filter(|wanted| *wanted < matches.len()) else {
            return;
        };
        if wanted > 0 {
            matches.select_nth_unstable_by(wanted - 1, |a, b| self.compare(*a, *b));
        }
        matches.truncate(wanted);
    }

    /// Whether the entry has every field of the orders, and lies between the cursors.
    pub fn holds(&self, entry: Entry<'_>) -> bool {
        let after = |bound: &Bound| self.compare_to(entry, bound);
        self.orders.iter().all(|order| order.part(entry).is_some())
            && self.start.as_ref().is_none_or(|start| match after(start) {
                Ordering::Less => false,
                Ordering::Equal => start.before,
                Ordering::Greater => true,
            })
            && self.end.as_ref().is_none_or(|end| match after(end) {
                Ordering::Less => true,
                Ordering::Equal => !end.before,
                Ordering::Greater => false,
            })
    }

    fn compare(&self, a: Entry<'_>, b: Entry<'_>) -> Ordering {
        first_difference(self.orders.iter().map(|order| order.turned(order.part(a).cmp(&order.part(b)))))
    }

    fn compare_to(&self, entry: Entry<'_>, bound: &Bound) -> Ordering {
        let places = self.orders.iter().zip(&bound.values);
        let compared = places.map(|(order, value)| order.turned(order.part(entry).cmp(&Some(value))));
        first_difference(compared)
    }
}

impl Order {
    fn part<'a>(&self, (key, row): Entry<'a>) -> Option<&'a [u8]> {
        match self.field {
            None => Some(key),
            Some(field) => row.values[field].as_deref(),
        }
    }

    fn turned(&self, ordering: Ordering) -> Ordering {
        if self.descending { ordering.reverse() } else { ordering }
    }
}

impl Bound {
    fn of(database: &str, cursor: &Cursor, orders: &[Order]) -> Option<Self> {
        let values = cursor.values.iter().zip(orders).map(|(value, order)| match order.field {
            None => key_of(database, value),
            Some(_) => Some(encoded(value)),
        });
        Some(Self { values: values.collect::<Option<_>>()?, before: cursor.before })
    }
}

fn first_difference(mut compared: impl Iterator<Item = Ordering>) -> Ordering {
    compared.find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
}

/// The key of the document that the value refers to, where it is one of this database.
fn key_of(database: &str, value: &Value) -> Option<Vec<u8>> {
    let root = ValueType::ReferenceValue(format!("{database}/documents"));
    let root = encode_value(&Value { value_type: Some(root) });
    // The last byte ends the path.
    let (_, root) = root.split_last()?;
    Some(encode_value(value).strip_prefix(root)?.to_vec())
}

/// As the engine compares values, which it cuts to microseconds.
pub fn encoded(value: &Value) -> Vec<u8> {
    let mut value = value.clone();
    normalize_value(&mut value);
    encode_value(&value)
}
