package org.almagest.io.stac.item;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.CatalogException;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;

/**
 * What items have become, in the order in which they came.
 *
 * @param rows the rows of those that are right; each says how its wide edges are meant
 * @param ids the ids of these
 * @param rejected those that are wrong
 */
public record ItemRows(List<Datapoint> rows, List<String> ids, List<Rejected> rejected) {
    /** Copies the lists. */
    public ItemRows {
        rows = List.copyOf(rows);
        ids = List.copyOf(ids);
        rejected = List.copyOf(rejected);
    }

    /**
     * An item that is wrong.
     *
     * @param index which one it was, from 0
     * @param id its id; empty text where it has none
     * @param failure what is wrong
     */
    public record Rejected(int index, String id, CatalogException failure) {}

    /** Collects them. */
    static final class Builder {
        private final List<Datapoint> rows = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final List<Rejected> rejected = new ArrayList<>();

        void row(String id, Datapoint row, AntimeridianRule rule) {
            ids.add(id);
            rows.add(row.toBuilder().reading(rule).build());
        }

        void rejected(String id, int index, CatalogException failure) {
            rejected.add(new Rejected(index, id, failure));
        }

        ItemRows build() {
            return new ItemRows(rows, ids, rejected);
        }
    }
}
