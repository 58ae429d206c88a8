package org.almagest.server.cli.query;

import java.util.OptionalLong;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say when; one must be given. */
final class TimeOptions {
    @ArgGroup(multiplicity = "1")
    private When when = new When();

    @Option(
            names = "--extent",
            description = "Compare the time extent of a datapoint, from its start to its end, instead of its time.")
    private boolean byExtent;

    /** The time that is asked for. */
    private static final class When {
        @Option(
                names = "--time",
                paramLabel = "A/B",
                description = "From A up to but not including B; [A/B] includes it. Also a single time.")
        private @Nullable String interval;

        @Option(
                names = "--datetime",
                paramLabel = "A/B",
                description = "From A to B, both included, as STAC reads it; .. or nothing is open.")
        private @Nullable String closedInterval;

        @Option(names = "--all-time", description = "Whatever the time.")
        private boolean all;

        @Option(
                names = "--latest",
                paramLabel = "N",
                description = "The N newest, newest first: --all-time --desc --limit N.")
        private @Nullable Long latest;
    }

    /** Returns how many of the newest are asked for; empty where a time is. */
    OptionalLong latest() {
        return when.latest == null ? OptionalLong.empty() : OptionalLong.of(when.latest);
    }

    /** Begins the query. */
    Query.Builder begin() {
        Query.Builder query;
        if (when.interval != null) {
            query = Query.during(TimeInterval.parse(when.interval));
        } else if (when.closedInterval != null) {
            query = Query.during(TimeInterval.parseClosed(when.closedInterval));
        } else if (when.latest != null) {
            if (when.latest < 0) {
                throw new InvalidRequestException("query: latest", when.latest + " (at least 0)");
            }
            query = Query.allTime().order(SortOrder.DESCENDING).limit(when.latest);
        } else {
            assert when.all : "the parser takes one of four";
            query = Query.allTime();
        }
        return query.match(byExtent ? TimeMatch.EXTENT : TimeMatch.INSTANT);
    }
}
