"""Why a slot, a drawing or a sighting is refused, in the user's language."""


def yard_refusal(env, error):
    """:return: one sentence for a YardError"""
    sentence = {**_of_drawings(env), **_of_messages(env)}[error.code]
    values = dict(error.params)
    if error.code == "bad_grid":
        values["field"] = _grid_fields(env).get(values["field"], values["field"])
    return sentence % values


def _of_drawings(env):
    return {
        "no_points": env._("The outline must be a list of points, each with x and y."),
        "bad_point": env._("“%(point)s” is no point; write x and y in metres."),
        "too_few": env._("An outline needs three corners at least, it has %(count)s."),
        "too_many": env._("The outline has %(count)s corners, %(limit)s are possible."),
        "crossed": env._(
            "The outline crosses itself; draw it corner by corner around."
        ),
        "too_small": env._("With %(area)s m² it is too small for a slot."),
        "bad_code": env._(
            "“%(value)s” is no code for a label: use up to 16 letters A-Z, digits,"
            " dashes, dots."
        ),
        "bad_kind": env._("“%(value)s” is no kind of slot; write one of: %(kinds)s."),
        "bad_shape": env._("Only a polygon with one outline can be a slot."),
        "bad_json": env._("The GeoJSON is broken in line %(line)s; export it again."),
        "no_features": env._("This is no GeoJSON FeatureCollection with features."),
        "bad_line": env._("A line must read: code;kind;x y,x y,x y"),
        "twice": env._("The code %(value)s stands there twice."),
        "too_many_slots": env._("A site has %(limit)s slots at most."),
        "bad_grid": env._("%(field)s must be between %(low)s and %(high)s."),
    }


def _of_messages(env):
    return {
        "bad_row": env._("A sighting must be an object with key, slot and at."),
        "bad_key": env._("The key must be a text of 1 to %(limit)s characters."),
        "no_slot": env._("The slot is missing; write SITE/CODE as on its label."),
        "no_time": env._(
            "The time is missing; write it like 2026-03-05T08:30:00+08:00."
        ),
        "bad_time": env._(
            "“%(value)s” is no time with time zone; write it like"
            " 2026-03-05T08:30:00+08:00."
        ),
        "bad_vin": env._("“vin” must be a text of 17 characters, or left out."),
        "bad_occupied": env._("“occupied” must be true or false."),
        "future": env._("%(at)s UTC is still to come; set the clock of the device."),
        "unknown_slot": env._(
            "There is no slot %(slot)s here; compare it with the label."
        ),
        "two_slots": env._(
            "Several sites have a slot %(slot)s; write SITE/CODE as on its label."
        ),
        "unknown_vin": env._(
            "No car has VIN %(vin)s; compare it with the certificate."
        ),
        "other_store": env._("VIN %(vin)s belongs to another store."),
        "key_reused": env._("The key %(key)s was used for another sighting."),
    }


def _grid_fields(env):
    return {
        "rows": env._("Rows"),
        "columns": env._("Columns"),
        "first": env._("First number"),
        "row_letter": env._("Letter of the first row"),
        "width": env._("Width"),
        "height": env._("Depth"),
        "gap_x": env._("Gap between slots"),
        "gap_y": env._("Gap between rows"),
        "x": env._("From the left"),
        "y": env._("From the top"),
        "angle": env._("Turned by"),
    }
