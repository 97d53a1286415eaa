//! Adds to the OpenAPI document what holds for every call: error responses,
//! the idempotency key, and that bodies have no other fields.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::web::http::problem::ProblemType;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Completes the document collected from the handlers.
pub fn complete(document: &mut Value) {
    close_request_schemas(document);
    document["components"]["schemas"]["Problem"] = problem();
    document["components"]["securitySchemes"]["bearer"] =
        json!({ "type": "http", "scheme": "bearer" });
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, methods) in paths {
        let has_path_parameter = path.contains('{');
        for (method, operation) in methods.as_object_mut().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                complete_operation(method, has_path_parameter, operation);
            }
        }
    }
}

fn complete_operation(method: &str, has_path_parameter: bool, operation: &mut Value) {
    let is_secured = operation["security"].is_array();
    let has_body = operation["requestBody"].is_object();
    let mut errors = vec![
        ("422", "A field or parameter is unknown or invalid"),
        ("429", "Too many requests; see Retry-After"),
        (
            "503",
            "Something is not available right now; see Retry-After",
        ),
    ];
    if is_secured {
        errors.push(("401", "The bearer token is missing or unknown"));
        errors.push((
            "403",
            "The token's scope or its user's role does not allow this",
        ));
    }
    if has_path_parameter {
        errors.push(("404", "Not found"));
    }
    if has_body {
        errors.push(("400", "The body cannot be read"));
        errors.push(("413", "The body is too large"));
        errors.push(("415", "The body has an unsupported media type"));
    }
    if is_secured && method == "post" {
        errors.push(("400", "The Idempotency-Key is malformed"));
        errors.push((
            "409",
            "The current state, or a request with the same key, does not allow it",
        ));
        let parameters = operation["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let mut parameters = parameters;
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "A repeated call with the same key and body gets the first one's response.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
        }));
        operation["parameters"] = parameters.into();
    }
    let Some(responses) = operation["responses"].as_object_mut() else {
        return;
    };
    for (status, description) in errors {
        responses
            .entry(status)
            .or_insert_with(|| json!({ "description": description }));
    }
    for (status, response) in responses.iter_mut() {
        let is_error = status.starts_with('4') || status.starts_with('5');
        if is_error && response["content"].is_null() {
            response["content"] = json!({
                "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } }
            });
        }
    }
}

/// RFC 9457.
fn problem() -> Value {
    json!({
        "type": "object",
        "description": "An error (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {
                "type": "string",
                "enum": ProblemType::ALL.iter().map(|kind| kind.uri()).collect::<Vec<_>>(),
                "description": "The stable name of this kind of error.",
            },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "What is wrong, and what to do." },
            "errors": {
                "type": "array",
                "description": "The invalid fields.",
                "items": {
                    "type": "object",
                    "required": ["field", "detail"],
                    "properties": { "field": { "type": "string" }, "detail": { "type": "string" } },
                },
            },
        },
    })
}

/// Sets `additionalProperties: false` on every object in request bodies.
fn close_request_schemas(document: &mut Value) {
    let mut pending = BTreeSet::new();
    let paths = document["paths"].as_object().into_iter().flatten();
    for (_, methods) in paths {
        for (_, operation) in methods.as_object().into_iter().flatten() {
            references(&operation["requestBody"], &mut pending);
        }
    }
    let mut closed = BTreeSet::new();
    while let Some(name) = pending.pop_first() {
        if !closed.insert(name.clone()) {
            continue;
        }
        references(&document["components"]["schemas"][&name], &mut pending);
        close(&mut document["components"]["schemas"][&name]);
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str);
            found.extend(
                name.and_then(|name| name.rsplit('/').next())
                    .map(str::to_owned),
            );
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

fn close(schema: &mut Value) {
    let Some(fields) = schema.as_object_mut() else {
        return;
    };
    if fields.contains_key("properties") && !fields.contains_key("additionalProperties") {
        fields.insert("additionalProperties".to_owned(), false.into());
    }
    for part in ["oneOf", "anyOf"] {
        let parts = fields.get_mut(part).and_then(Value::as_array_mut);
        parts.into_iter().flatten().for_each(close);
    }
    let properties = fields.get_mut("properties").and_then(Value::as_object_mut);
    properties
        .into_iter()
        .flat_map(Map::values_mut)
        .for_each(close);
}
