from itertools import islice

from odoo import fields
from odoo.exceptions import UserError

from .. import sealed
from .blind_token import BlindToken
from .masked import Envelope, Masked, Plain, way_of

SENTINEL = object()
PREFETCH_MAX = 1000


class Encrypted(fields.Char):
    """A text that is encrypted in the database and masked for everybody.

    ::

        id_number = Encrypted("ID number", normalise="_normalise_id", index=True)

    :param normalise: ``function(value) -> str``, or the name of a method of the model,
        that returns what is kept; it raises ``ValidationError`` for what is wrong
    :param mask: ``function(value) -> str``, or the name of a method called on the
        record, that returns what everybody sees; default ``sealed.mask``. What a
        function returns is kept, enciphered, with the secret, so that lists need not
        open it; a method is asked each time
    :param index: whether the whole value can be searched (``=``, ``in``), which adds
        the stored and indexed companion ``<name>_token``; default True

    Reading gives the mask. Writing the mask back changes nothing. Private code gets the
    secret by ``record._dms_unsealed(name)``, people by ``record.dms_reveal(name)``.
    Code that copies the value from one encrypted field to another copies the secret.

    An envelope is bound to model, field and record, so that whoever can write to the
    tables cannot let one person appear with the number of another. The record has no
    number before it is inserted: the row is inserted without the secret, and the
    envelope follows with the other values that the ORM computes after an insert, in
    the same set-based UPDATE and the same transaction.
    """

    copy = False
    blind = True
    normalise = None
    mask = None

    def __init__(self, string=None, **kwargs):
        if "index" in kwargs:
            kwargs["blind"] = kwargs.pop("index")
        if string is not None:
            kwargs["string"] = string
        super().__init__(**kwargs)

    def __set_name__(self, owner, name):
        result = super().__set_name__(owner, name)
        is_definition = getattr(owner, "pool", None) is None
        if is_definition and self.blind and not self.related:
            token = BlindToken(index="btree_not_null")
            setattr(owner, self.token_name, token)
            token.__set_name__(owner, self.token_name)
        return result

    @property
    def token_name(self):
        return f"{self.name}_token"

    def _description_sortable(self, env):
        return False

    def _description_groupable(self, env):
        return False

    # ------------------------------------------------------------
    # Conversions. The cache holds None, an envelope as fetched, or a Masked.
    # ------------------------------------------------------------

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        return "" if value and self.required else None

    def convert_to_cache(self, value, record, validate=True):
        if not value:
            return None
        if isinstance(value, Masked):
            return self._adopted(value, record)
        value = value.decode() if isinstance(value, bytes) else str(value)
        if self._may_be_shown(value) and (shown := self._shown_before(value, record)):
            return shown
        plain = self._normalised(value, record, validate)
        return Masked(self._mask_of(plain, record), Plain(plain))

    def convert_to_record(self, value, record):
        if value is None:
            return False
        if not isinstance(value, Masked):
            self._open_prefetched(record)
            value = self._get_cache(record.env)[record.id]
        return value

    def convert_to_read(self, value, record, use_display_name=True):
        return str(value) if value else False

    def convert_to_export(self, value, record):
        if not value:
            return ""
        if not record.env.su and record.env.user._dms_may_reveal():
            return record.dms_reveal(self.name)
        return str(value)

    def get_column_update(self, record):
        cache = self._get_cache(record.env)
        value = cache[record.id]
        if isinstance(value, Masked):
            if not self._is_at_home(value, record):
                value = cache[record.id] = self._sealed(value, record)
            return way_of(value).text
        return value

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    def _write_each(self, records, value):
        records.env.remove_to_compute(self, records)
        if value and self.store:
            self._fetch_company(records)
        cache = self._get_cache(records.env)
        for record in records:
            new = self.convert_to_cache(value, record)
            if new != cache.get(record.id, SENTINEL):
                self._update_cache(record, new, dirty=True)

    # Each record gets an envelope of its own, the ORM would write one for all.
    write = _write_each

    def _check_key(self, env):
        """Raise UserError if there is no key; at the flush nobody knows who wrote."""
        env["dms.sealed.key"]._keys().in_use(env, False)

    def _update_cache(self, records, cache_value, dirty=False):
        # A new record is put in the cache as if it were inserted whole: what is still
        # to be sealed has to be flushed.
        if self.store and isinstance(cache_value, Masked):
            dirty = dirty or not self._is_at_home(cache_value, records)
            if dirty:
                self._check_key(records.env)
        if dirty and self.store and self.blind and records.id:
            token = self._token(cache_value, records)
            companion = records._fields[self.token_name]
            companion._update_cache(records, token, dirty=True)
        return super()._update_cache(records, cache_value, dirty=dirty)

    def protected(self, value, record):
        """Return ``value`` so that other code may carry it on without showing it.

        The result reads as the mask and can be written to this field, or compared
        with it in a domain, as the value itself.
        """
        return self.convert_to_record(self.convert_to_cache(value, record), record)

    def _may_be_shown(self, value):
        return sealed.looks_masked(value) or value.startswith("(")

    def _shown_before(self, value, record):
        """Return the value in place if ``value`` is only its mask."""
        current = self._current(record)
        if current and str(current) == value:
            return current
        if sealed.looks_masked(value):
            raise UserError(
                record.env._(
                    "%(field)s: this is a mask, not a value. Type the whole value.",
                    field=self._description_string(record.env),
                )
            )
        return None

    def _current(self, record):
        """Return what the record shows now, without what is being written."""
        source = record._origin
        if len(source) != 1:
            return False
        source = source.sudo()
        field = self
        if self.related:
            *path, name = self.related.split(".")
            source = source.mapped(".".join(path))
            field = source._fields[name]
        return source and field.__get__(source)

    def _adopted(self, masked, record):
        """Return the value of another record as this one would show it."""
        if self._is_at_home(masked, record):
            return masked
        way = way_of(masked)
        try:
            return Masked(self._mask_of(way(), record), way)
        except sealed.SealedError:
            return masked  # readable or not, it can be shown; sealing it will fail

    def _normalised(self, value, record, validate):
        if not self.normalise:
            return value
        try:
            return self._call(self.normalise, record, value)
        except UserError:
            if validate:
                raise
            return value

    @property
    def _mask_varies(self):
        """Whether the mask depends on more than the value, so that it is not kept."""
        return isinstance(self.mask, str)

    def _mask_of(self, plain, record):
        return self._call(self.mask or sealed.mask, record, plain)

    def _call(self, function, record, value):
        if isinstance(function, str):
            return getattr(record, function)(value)
        return function(value)

    # ------------------------------------------------------------
    # Sealing and opening
    # ------------------------------------------------------------

    def _context(self, record):
        record_id = getattr(record.id, "origin", record.id)
        return sealed.Context(record._name, self.name, record_id or 0)

    def _open_prefetched(self, record):
        """Put the masks of the record, and of others fetched with it, in the cache."""
        cache = self._get_cache(record.env)
        keys = record.env["dms.sealed.key"]._keys()
        ids = (record.id, *islice(self._closed(record, cache), PREFETCH_MAX))
        masks, ways = self._glance(record, ids, keys)
        cache.update(zip(ids, Masked.many(masks, ways), strict=True))
        for place, mask in enumerate(masks):
            if not mask:
                one = record.browse(ids[place])
                cache[one.id] = self._opened(ways[place].text, one, keys)

    def _closed(self, record, cache):
        """Yield the ids of other records of which the cache holds the envelope."""
        own_id, value_of = record.id, cache.get
        for record_id in record._prefetch_ids:
            # a Masked is a str, too; new records have no envelope of their own
            if type(value_of(record_id)) is str and record_id and record_id != own_id:
                yield record_id

    def _glance(self, record, ids, keys):
        """Return masks and ways; a mask is empty where the secret has to be opened."""
        cache, context = self._get_cache(record.env), self._context(record)
        envelopes = [cache[record_id] for record_id in ids]
        places = [context.record, *ids[1:]]
        ways = Envelope.many(envelopes, context, places, keys.ring)
        if self._mask_varies:
            return [""] * len(ids), ways
        return keys.ring.masks(envelopes, context.scope, places), ways

    def _opened(self, envelope, record, keys):
        way = Envelope(envelope, *self._context(record), keys.ring)
        try:
            return Masked(self._mask_of(way(), record), way)
        except sealed.UnknownKey as error:
            news = record.env["dms.sealed.key"]._keys_with(envelope)
            if news is not keys:
                return self._opened(envelope, record, news)
            return Masked(unreadable(record.env, error), way)
        except sealed.SealedError as error:
            return Masked(unreadable(record.env, error), way)

    def _sealed(self, masked, record):
        plain = unmask(masked, record.env)
        keys = record.env["dms.sealed.key"]._keys()
        context = self._context(record)
        key_id = keys.in_use(record.env, self._company_id(record))
        kept = "" if self._mask_varies else self._mask_of(plain, record)
        text = keys.ring.seal(key_id, plain, context, kept)
        return Masked(masked, Envelope(text, *context, keys.ring))

    def _reseal(self, masked, record):
        """Return an envelope of the same secret under the key in use."""
        return way_of(self._sealed(masked, record)).text

    def _is_at_home(self, masked, record):
        way = way_of(masked)
        return isinstance(way, Envelope) and way.context == self._context(record)

    def _company_id(self, record):
        field = record._fields.get("company_id")
        if not field or field.comodel_name != "res.company":
            return False
        # Only from the cache: a flush is no place for a query.
        return field._get_cache(record.env).get(record.id) or False

    def _fetch_company(self, records):
        field = records._fields.get("company_id")
        if field and field.store:
            records._origin.sudo().fetch(["company_id"])

    # ------------------------------------------------------------
    # Searching
    # ------------------------------------------------------------

    def _token(self, masked, records):
        if not masked:
            return None
        return self._blind_index(records).token(unmask(masked, records.env))

    def _blind_index(self, records):
        scope = f"{records._name}.{self.name}"
        return records.env["dms.sealed.key"]._blind_index(scope)

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        model._check_field_access(self, "read")
        values = self._searchable(operator, value, model)
        if not self.blind:
            return super().condition_to_sql(
                field_expr, operator, values, model, alias, query
            )
        companion = model._fields[self.token_name]
        blind = self._blind_index(model) if any(values) else None
        tokens = [blind.token(value) if value else False for value in values]
        return companion.condition_to_sql(
            # Nobody has access to the companion; access to the field was checked.
            companion.name,
            operator,
            tokens,
            model.sudo(),
            alias,
            query,
        )

    def _searchable(self, operator, value, model):
        if operator in ("in", "not in"):
            values = [self._in_clear(one, model) for one in value]
            if self.blind or not any(values):
                return values
        raise UserError(
            model.env._(
                "%(field)s is encrypted: search for the whole value, with “equals”.",
                field=self._description_string(model.env),
            )
        )

    def _in_clear(self, value, model):
        return unmask(value, model.env) if has_secret(value) else value or False

    def filter_function(self, records, field_expr, operator, value):
        wanted = self._searchable(operator, value, records)
        folded = {sealed.fold(one) if one else False for one in wanted}
        return lambda record: self._folded(record) in folded

    def _folded(self, record):
        masked = self.__get__(record)
        try:
            return sealed.fold(way_of(masked)()) if masked else False
        except sealed.SealedError:
            return None


def has_secret(value):
    """Tell whether ``value`` was read from an encrypted field."""
    return isinstance(value, Masked)


def unmask(masked, env):
    """Return the secret behind what an encrypted field of a record gave.

    :raise UserError: if it cannot be opened, in the words for the user
    """
    try:
        return way_of(masked)()
    except sealed.SealedError as error:
        raise UserError(unreadable(env, error)) from error


def unreadable(env, error):
    """Return what is shown in place of a secret that cannot be opened."""
    if isinstance(error, sealed.UnknownKey):
        return env._("(key missing: ask the administrator to restore the key folder)")
    return env._("(damaged: this value does not belong here)")
