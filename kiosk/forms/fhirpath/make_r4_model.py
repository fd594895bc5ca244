#!/usr/bin/env python3
"""Writes r4_model_table.inc from the definitions of FHIR R4.

    make_r4_model.py fhir.schema.json profiles-types.json > r4_model_table.inc

The schema has every resource and its elements, but says neither what a type is derived
from (the profiles do) nor that valueString and valueCoding are one element value[x]: that
is found from the names, which end in the name of their type.
"""
import json
import sys

schema = json.load(open(sys.argv[1]))["definitions"]
profiles = [e["resource"] for e in json.load(open(sys.argv[2]))["entry"]]

INHERITED = {"id", "extension", "modifierExtension", "meta", "implicitRules", "language",
             "text", "contained"}
bases = {p["name"]: p.get("baseDefinition", "").split("/")[-1] for p in profiles
         if p["name"] not in ("MoneyQuantity", "SimpleQuantity")}
primitives = {p["name"] for p in profiles if p["kind"] == "primitive-type"}
# Resources of the server whose copy of the schema this is, and their parts; not of R4.
FOREIGN = ("AccessPolicy", "Agent", "AsyncJob", "Bot", "BulkDataExport",
           "ClientApplication", "DomainConfiguration", "JsonWebKey", "Login",
           "PasswordChangeRequest", "Project", "ProjectMembership", "SmartAppLaunch",
           "SubscriptionStatus", "User", "UserConfiguration", "UserSecurityRequest",
           "ViewDefinition", "IdentityProvider")
resources = {r["$ref"].split("/")[-1] for r in schema["ResourceList"]["oneOf"]}
resources = {r for r in resources if not r.startswith(FOREIGN)}


def capital(name):
    return name[0].upper() + name[1:]


by_suffix = {capital(t): t for t in bases}


def type_of(name, node):
    """The definition a property points to; None for an inline primitive."""
    node = node.get("items", node)
    if "$ref" in node:
        target = node["$ref"].split("/")[-1].replace("integer64", "integer")
        return "Resource" if target == "ResourceList" else target
    return "code" if "enum" in node else None


def suffixed(name):
    """(prefix, type) for "valueCoding"; the longest type name wins."""
    found = [(name[:-len(s)], t) for s, t in by_suffix.items()
             if name.endswith(s) and len(name) > len(s)]
    return min(found, default=None, key=lambda f: len(f[0]))


def properties(definition):
    """name -> type; a choice element has type None."""
    own = {n: p for n, p in schema[definition]["properties"].items()
           if not n.startswith("_") and n != "resourceType"}
    out, choices = {}, {}
    for name, node in own.items():
        target, choice = type_of(name, node), suffixed(name)
        if choice and target in (None, choice[1]):
            key = (choice[0], node.get("description"))
            choices.setdefault(key, []).append((name, target))
            continue
        if target is None:
            target = "xhtml" if name == "div" else "string"
        out[name] = target
    for (prefix, _), members in choices.items():
        if len(members) > 1 or members[0][1] is None:
            out[prefix] = None
        else:
            out.update(members)
    return out


rows = {}  # type -> (base, {property: type})


def add(name, base, props):
    rows[name] = (base, {n: t for n, t in props.items()})
    for target in props.values():
        if target and "_" in target and target not in rows:
            own = properties(target)
            parent = "BackboneElement" if "modifierExtension" in own else "Element"
            add(target, parent,
                {n: t for n, t in own.items() if n not in INHERITED or
                 (n in ("text", "language") and t != "Narrative")})


add("Element", "", {"id": "string", "extension": "Extension"})
add("BackboneElement", "Element", {"modifierExtension": "Extension"})
add("Resource", "", {"id": "id", "meta": "Meta", "implicitRules": "uri", "language": "code"})
add("DomainResource", "Resource", {"text": "Narrative", "contained": "Resource",
                                   "extension": "Extension",
                                   "modifierExtension": "Extension"})
for primitive in sorted(primitives):
    add(primitive, bases[primitive], {})
for name in sorted(set(bases) - primitives - set(rows)):
    own = properties(name)
    skip = {"id", "extension", "modifierExtension"}
    if bases[name] not in ("Element", "BackboneElement"):
        skip |= set(properties(bases[name]))
    add(name, bases[name], {n: t for n, t in own.items() if n not in skip})
for name in sorted(resources):
    own = properties(name)
    domain = "contained" in own
    add(name, "DomainResource" if domain else "Resource",
        {n: t for n, t in own.items() if n not in INHERITED or
         (n in ("text", "language") and n not in ("language",) and t != "Narrative")})

# Top-level types by name, so that a name is found by halving; what is nested follows.
named = sorted(n for n in rows if "_" not in n)
order = named + sorted(n for n in rows if "_" in n)
number = {name: i + 1 for i, name in enumerate(order)}
names = sorted({p for _, props in rows.values() for p in props})
name_number = {n: i for i, n in enumerate(names)}


def wrapped(items):
    line, out = "   ", []
    for item in items:
        if len(line) + len(item) + 2 > 88:
            out.append(line)
            line = "   "
        line += " " + item + ","
    out.append(line)
    return "\n".join(out)


print("// FHIR R4 (4.0.1): types and their elements. Made by make_r4_model.py from HL7's")
print("// definitions, which are in the public domain (CC0). Do not edit.")
print("// clang-format off")
print(f"constexpr std::array<std::string_view, {len(names)}> property_names{{{{")
print(wrapped(f'"{n}"' for n in names))
print("}};")
print("// A type's name; those nested in another (Questionnaire.item) have none.")
print(f"constexpr std::array<std::string_view, {len(named)}> type_names{{{{")
print(wrapped(f'"{n}"' for n in named))
print("}};")
print("// Base, and where its elements begin in `properties`; row 0: unknown.")
table, begin = ["{0, 0}"], 0
props_out = []
for name in order:
    base, props = rows[name]
    table.append(f"{{{number.get(base, 0)}, {begin}}}")
    for prop in sorted(props):
        target = props[prop]
        props_out.append(f"{{{name_number[prop]}, "
                         f"{'choice' if target is None else number[target]}}}")
        begin += 1
table.append(f"{{0, {begin}}}")
print(f"constexpr std::array<TypeRow, {len(table)}> types{{{{")
print(wrapped(table))
print("}};")
print(f"constexpr std::array<PropertyRow, {len(props_out)}> properties{{{{")
print(wrapped(props_out))
print("}};")
