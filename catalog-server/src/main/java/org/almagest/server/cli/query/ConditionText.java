package org.almagest.server.cli.query;

import org.almagest.model.Limits;
import org.almagest.query.Filter;
import org.almagest.query.cql2.Cql2Json;
import org.almagest.query.cql2.Cql2Text;

/** Reads conditions on the fields in either form of CQL2. */
final class ConditionText {
    private ConditionText() {}

    /** Returns the filter of a text, which is JSON where it begins with a brace: no condition in text does. */
    static Filter parse(String text) {
        return text.stripLeading().startsWith("{")
                ? Cql2Json.parse(text, Limits.defaults())
                : Cql2Text.parse(text, Limits.defaults());
    }
}
