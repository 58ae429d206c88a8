package org.almagest.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.almagest.Dataset;
import org.almagest.bench.data.Area;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.TimeSpan;
import org.almagest.query.Query;
import org.jspecify.annotations.Nullable;

/** The engines by name. */
public final class Peers {
    /** The engines that need nothing but this module, in the order of reports; the first is ours. */
    public static final List<String> EMBEDDED = List.of("almagest", "sqlite", "duckdb", "lucene", "h2");

    /** The engine that must be running somewhere: see {@link #POSTGRES_URL}. */
    public static final String POSTGRES = "postgres";

    /** The system property with the JDBC URL of a PostgreSQL database in which the user may create tables. */
    public static final String POSTGRES_URL = PostgresPeer.URL;

    private Peers() {}

    /**
     * Opens an engine; creates its store where there is none.
     *
     * @param name one of {@link #EMBEDDED} or {@link #POSTGRES}, {@code almagest-5} or {@code almagest-keyed}
     * @param folder a folder of its own
     */
    public static Peer open(String name, Path folder, GranuleSource source) throws IOException, SQLException {
        return switch (name) {
            case "almagest" -> new AlmagestPeer(folder, source, AlmagestPeer.Layout.ONE_COLLECTION);
            case "almagest-5" -> new AlmagestPeer(folder, source, AlmagestPeer.Layout.FIVE_COLLECTIONS);
            case "almagest-keyed" -> new AlmagestPeer(folder, source, AlmagestPeer.Layout.KEYED);
            case "sqlite" -> new SqlitePeer(folder);
            case "duckdb" -> new DuckDbPeer(folder);
            case "lucene" -> new LucenePeer(folder);
            case "h2" -> new H2Peer(folder);
            case POSTGRES -> new PostgresPeer(folder.getFileName().toString());
            default -> throw new IllegalArgumentException("no engine " + name);
        };
    }

    /** Returns a session that asks a dataset of an open catalog of ours. */
    public static Session over(Dataset dataset) {
        return new AlmagestPeer.Questions(dataset);
    }

    /** Returns a query of ours for a window of time and an area; everywhere where that is null. */
    public static Query.Builder query(TimeSpan time, @Nullable Area area) {
        return AlmagestPeer.Questions.query(time, area);
    }

    /** Returns the query of ours for a question that is not for one row. */
    public static Query query(Question question) {
        return AlmagestPeer.Questions.query(question);
    }

    /** Tells whether an engine writes rows again that it has already, which leaves its store in a worse form. */
    public static boolean rewrites(String name) {
        return name.equals("lucene");
    }

    /** Removes the store of an engine, if it is there. */
    public static void remove(String name, Path folder) throws IOException, SQLException {
        if (name.equals(POSTGRES)) {
            PostgresPeer.drop(folder.getFileName().toString());
        } else {
            Folders.delete(folder);
        }
    }
}
