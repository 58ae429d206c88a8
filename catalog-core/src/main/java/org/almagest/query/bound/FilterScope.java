package org.almagest.query.bound;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.model.Limits;
import org.almagest.query.Filter;
import org.almagest.schema.DatasetSchema;

/** Checks that a filter makes sense where it is asked, before it is bound to any schema. */
public final class FilterScope {
    private FilterScope() {}

    /**
     * Checks the size of a filter and that each of its fields exists in at least one of the schemas.
     *
     * @throws LimitExceededException if the filter passes {@code filterDepthMax}, {@code filterNodesMax} or
     *     {@code filterPatternLengthMax}
     * @throws InvalidRequestException if no schema has a field that the filter names
     */
    public static void check(Filter filter, Iterable<DatasetSchema> schemas, Limits limits) {
        for (String name : filter.checkedFields(limits)) {
            boolean found = FieldLookup.isEverywhere(name);
            for (DatasetSchema schema : schemas) {
                if (FieldLookup.find(schema, name).isPresent()) {
                    found = true;
                    break;
                }
            }
            if (!found) {
                throw new InvalidRequestException("filter: field " + Quoted.text(name), "no dataset in scope has it");
            }
        }
    }
}
