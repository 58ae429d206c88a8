package org.almagest.io.stac.search;

import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import org.almagest.Catalog;
import org.almagest.explain.Explanation;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.page.VersionPins;
import org.almagest.io.stac.page.WorkClock;
import org.almagest.model.Datapoint;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.QueryScope;
import org.jspecify.annotations.Nullable;

/** The rows of a page, of one version, with the collection that each is from; none where nothing is asked. */
final class PageRows implements AutoCloseable {
    private static final int LINE_MAX = 1_000;

    private final Catalog catalog;
    private final Visible visible;
    private final VersionPins.Use use;
    private final WorkClock work;
    private @Nullable Query query;
    private @Nullable QueryScope scope;
    private @Nullable QueryResult result;
    private @Nullable UUID lastCollection;
    private @Nullable Place lastPlace;
    private Optional<PageToken> next = Optional.empty();

    PageRows(Catalog catalog, Visible visible, VersionPins.Use use, WorkClock work) {
        this.catalog = catalog;
        this.visible = visible;
        this.use = use;
        this.work = work;
    }

    /**
     * Asks the engine; without this there are no rows.
     *
     * @param explained the same query as it is explained, when the answer is over
     */
    void ask(Query asked, Query explained, QueryScope where) {
        query = explained;
        scope = where;
        result = work.run(() -> catalog.query(asked, where));
    }

    Iterator<Datapoint> iterator() {
        return result == null ? Collections.emptyIterator() : result.iterator();
    }

    WorkClock work() {
        return work;
    }

    /** Returns the version that is shown. */
    long version() {
        return result == null ? use.version() : result.version();
    }

    /** Returns the collection of a row; null where it has gone since, or was made after the look at the ids. */
    @Nullable
    Place place(Datapoint row) {
        UUID collection = row.collectionId().orElse(null);
        if (collection != null && !collection.equals(lastCollection)) {
            lastCollection = collection;
            lastPlace = visible.place(collection).orElse(null);
        }
        return lastPlace;
    }

    /** Returns where the next page begins; known once all rows were read. */
    Optional<PageToken> nextToken() {
        if (result != null && next.isEmpty()) {
            next = result.nextToken();
        }
        return next;
    }

    /** Ends the reading; the version is kept for the next page, if there is one. */
    void done() {
        if (nextToken().isPresent()) {
            use.keep();
        }
        close();
    }

    /** Returns how the query is answered, running it again; geometries stay out, and long lines are cut. */
    String explain() {
        if (query == null || scope == null) {
            return "";
        }
        Explanation explanation = catalog.explain(query, scope);
        StringBuilder out = new StringBuilder();
        for (String line : explanation.toString().split("\n")) {
            out.append(line, 0, Math.min(line.length(), LINE_MAX)).append('\n');
        }
        return out.toString();
    }

    @Override
    public void close() {
        if (result != null) {
            result.close();
        }
        use.close();
    }
}
