package org.almagest.io.stac.request;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.stac.names.Place;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.query.bound.BoundFilter;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/**
 * Conditions on the STAC id of the collection: decided here, over the collections of the search, and asked of the engine
 * as a choice among them. Immutable.
 */
public final class CollectionTerms {
    private static final DatasetSchema SCHEMA = DatasetSchema.temporal()
            .field(Field.string(StacProperties.COLLECTION))
            .build();

    private final List<Place> places;

    /** Decides over these collections. */
    public CollectionTerms(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /**
     * Returns the condition for the engine.
     *
     * @param filter a condition without conditions in it
     * @throws InvalidRequestException if it compares the collection with another property
     */
    Filter rewritten(Filter filter, Mentions mentions) {
        if (mentions.datetime() || mentions.others()) {
            throw new InvalidRequestException(
                    "filter: field \"collection\"", "compared with another property (expected text)");
        }
        List<Expression> chosen = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        boolean unknown = false;
        BoundFilter bound = BoundFilter.bind(filter, SCHEMA);
        for (Place place : places) {
            Truth truth = bound.test(name -> name.equals(StacProperties.COLLECTION) ? place.stacId() : null);
            unknown |= truth == Truth.UNKNOWN; // of the kind of its constant, and so for all collections alike
            (truth == Truth.TRUE ? chosen : rest).add(Literal.of(place.collectionId()));
        }
        if (unknown) {
            return new Filter.Constant(Truth.UNKNOWN);
        }
        if (chosen.isEmpty()) {
            return FineTime.NEVER;
        }
        if (rest.isEmpty()) {
            return FineTime.ALWAYS;
        }
        // Each collection counts against the bound on a filter's size.
        return chosen.size() <= rest.size()
                ? new Filter.In(Property.COLLECTION, chosen)
                : new Filter.In(Property.COLLECTION, rest).not();
    }
}
