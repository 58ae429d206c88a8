package org.almagest.testing;

import java.util.ArrayList;
import java.util.List;
import org.almagest.Collection;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.query.Query;

/**
 * Stores rows in mode REPLACE, some of which expect an id.
 *
 * @param expectations what each row expects
 */
record ScriptReplace(
        String slug, String name, IngestOptions options, List<Datapoint> rows, List<Expectation> expectations)
        implements ScriptOperation {
    /** Which id a row expects to be live. */
    enum Expectation {
        NONE,
        OF_ITS_KEY,
        OF_THE_FIRST_ROW
    }

    @Override
    public String run(ScriptSession session) {
        Collection collection = session.collection(slug, name);
        List<Datapoint> expecting = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            expecting.add(expecting(collection, rows.get(i), expectations.get(i)));
        }
        return new Ingest(slug, name, options, expecting).run(session);
    }

    private static Datapoint expecting(Collection collection, Datapoint row, Expectation expectation) {
        Object key = row.values().get("key");
        if (expectation == Expectation.NONE || key == null) {
            return row;
        }
        List<Datapoint> live = expectation == Expectation.OF_ITS_KEY
                ? collection.findByKey(key).stream().toList()
                : collection.query(Query.allTime().limit(1).build()).toList();
        return live.isEmpty()
                ? row
                : row.toBuilder().expecting(live.get(0).id().orElseThrow()).build();
    }

    @Override
    public List<ScriptOperation> smaller() {
        List<ScriptOperation> smaller = new ArrayList<>();
        int half = rows.size() / 2;
        if (half > 0) {
            smaller.add(part(0, half));
            smaller.add(part(half, rows.size()));
        }
        return smaller;
    }

    private ScriptReplace part(int from, int to) {
        return new ScriptReplace(slug, name, options, rows.subList(from, to), expectations.subList(from, to));
    }

    @Override
    public String toString() {
        return new Ingest(slug, name, options, rows) + " expecting " + expectations;
    }
}
