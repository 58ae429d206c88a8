package org.almagest.io.stac.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.error.CatalogException;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.item.ItemRows;
import org.almagest.model.IngestCounts;
import org.almagest.model.Json;
import org.almagest.model.RejectedRow;

/** How many items fared, and what was wrong with some. One thread. */
final class BulkReport {
    /** How many wrong items are named. */
    static final int ERRORS_MAX = 100;

    private IngestCounts counts = IngestCounts.NONE;
    private final List<String> errors = new ArrayList<>();
    private long errorCount;

    void add(IngestCounts more) {
        counts = counts.plus(more);
    }

    /** Notes an item that could not be read; {@code before} items came before those it was read with. */
    void add(ItemRows.Rejected rejected, long before) {
        error(before + rejected.index(), Optional.of(rejected.id()), Optional.empty(), reason(rejected.failure()));
    }

    /** Notes an item that the catalog refused. */
    void add(RejectedRow rejected, long row, String id) {
        error(row, Optional.of(id), rejected.field(), rejected.reason());
    }

    /** Notes what was wrong with a line. */
    void add(long row, CatalogException failure) {
        error(row, Optional.empty(), Optional.empty(), reason(failure));
    }

    private static String reason(CatalogException failure) {
        return Problems.of(failure).detail();
    }

    private void error(long row, Optional<String> id, Optional<String> field, String reason) {
        errorCount++;
        if (errors.size() < ERRORS_MAX) {
            ByteSink out = new ByteSink(256);
            out.ascii("{\"row\":").number(row);
            id.filter(text -> !text.isEmpty())
                    .ifPresent(text -> out.ascii(",\"id\":").json(text));
            field.ifPresent(text -> out.ascii(",\"field\":").json(text));
            errors.add(out.ascii(",\"reason\":").json(reason).put('}').toString());
        }
    }

    long errorCount() {
        return errorCount;
    }

    /** Appends the counts, and the errors where there are any; without braces. */
    void appendTo(ByteSink out) {
        out.ascii("\"created\":").number(counts.created());
        out.ascii(",\"existing\":").number(counts.existing());
        out.ascii(",\"replaced\":").number(counts.replaced());
        out.ascii(",\"superseded\":").number(counts.superseded());
        if (errorCount > 0) {
            out.ascii(",\"rejected\":").number(errorCount);
            out.ascii(",\"errors\":").utf8(errors.toString());
        }
    }

    /** Returns the refusal of all because some are wrong. */
    Problem problem() {
        return Problem.of(400, "INVALID_REQUEST", "items: " + errorCount + " wrong (nothing was stored)")
                .and("errorCount", Json.parse(Long.toString(errorCount)))
                .and("errors", Json.parse(errors.toString()));
    }
}
