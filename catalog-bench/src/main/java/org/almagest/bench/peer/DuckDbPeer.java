package org.almagest.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.io.WKBWriter;

/**
 * DuckDB with a column for each side of the box around a row, and the exact test by JTS.
 *
 * <p>Boxes across the antimeridian are unwrapped, their east beyond 180. The two ways to meet one are asked as a union of
 * plain conjunctions: with {@code or} the filter is not pushed into the scan.
 */
final class DuckDbPeer implements Peer {
    private static final String TABLE = "(id uuid%s, time bigint, geometry blob, name varchar, platform varchar,"
            + " product_type varchar, baseline varchar, orbit bigint, cloud_cover double, file_size bigint,"
            + " checksum varchar, published_at bigint, polarization varchar[], assets varchar,"
            + " west double, east double, south double, north double)";

    private final Path folder;
    private DuckDBConnection connection;
    private final WKBWriter writer = new WKBWriter(2, 2);

    DuckDbPeer(Path folder) throws SQLException, IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        this.connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists granules " + TABLE.replace("%s", " primary key"));
        }
    }

    private DuckDBConnection connect() throws SQLException {
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file());
    }

    private Path file() {
        return folder.resolve("granules.duckdb");
    }

    @Override
    public String version() throws SQLException {
        return "DuckDB " + connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public boolean answers(QuestionKind kind) {
        return kind != QuestionKind.E2;
    }

    @Override
    public long ingest(List<Granule> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temp table if not exists arriving " + TABLE.replace("%s", ""));
        }
        connection.setAutoCommit(false);
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "arriving")) {
            for (Granule row : rows) {
                append(appender, row);
            }
        }
        long created;
        try (Statement statement = connection.createStatement()) {
            created = statement.executeUpdate("insert into granules select * from arriving on conflict do nothing");
            statement.execute("truncate arriving");
        }
        connection.commit();
        connection.setAutoCommit(true);
        return created;
    }

    private void append(DuckDBAppender out, Granule row) throws SQLException {
        out.beginRow();
        out.append(new UUID(row.idHigh(), row.idLow()));
        out.append(row.timeMillis());
        out.append(writer.write(row.geometry()));
        out.append(row.name());
        out.append(row.platform());
        out.append(row.productType());
        out.append(row.baseline());
        out.append(row.orbit());
        out.append(row.cloudCover());
        out.append(row.fileSize());
        out.append(row.checksum());
        out.append(row.publishedMillis());
        if (row.polarization().isEmpty()) {
            out.appendNull();
        } else {
            out.append(row.polarization());
        }
        out.append(row.assets());
        Envelope box = UnwrappedBox.of(row.geometry());
        out.append(box.getMinX());
        out.append(box.getMaxX());
        out.append(box.getMinY());
        out.append(box.getMaxY());
        out.endRow();
    }

    @Override
    public void finish() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    /** Writes the rows anew in order of time, so that the least and greatest value of a block tell blocks apart. */
    @Override
    public void settle() throws SQLException, IOException {
        Path fresh = folder.resolve("fresh.duckdb");
        Files.deleteIfExists(fresh);
        try (Statement statement = connection.createStatement()) {
            statement.execute("attach '" + fresh + "' as fresh");
            statement.execute("create table fresh.granules " + TABLE.replace("%s", " primary key"));
            statement.execute("insert into fresh.granules select * from granules order by time");
            statement.execute("checkpoint fresh");
            statement.execute("detach fresh");
        }
        connection.close();
        Files.move(fresh, file(), StandardCopyOption.REPLACE_EXISTING);
        connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze granules");
            statement.execute("checkpoint");
        }
    }

    @Override
    public Session session() throws SQLException {
        return new SqlQuestions(
                connection.duplicate(),
                "select " + JdbcRows.COLUMNS + " from granules",
                new JdbcRows(new UuidDialect()),
                new Areas());
    }

    @Override
    public long bytesOnDisk() throws IOException {
        return Folders.bytes(folder);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static final class Areas implements SqlQuestions.AreaQueries {
        private static final String MEETS = " where west <= ? and east >= ? and south <= ? and north >= ?";
        private static final String MEETS_TURNED = " where west + ? <= ? and east + ? >= ? and south <= ?"
                + " and north >= ? and not (west <= ? and east >= ?)";

        @Override
        public String text(String select, String more) {
            return select + MEETS + more + " union all " + select + MEETS_TURNED + more;
        }

        @Override
        public List<Envelope> boxes(Question question) {
            return List.of(UnwrappedBox.of(question.place().geometry()));
        }

        @Override
        public void bind(PreparedStatement statement, Question question, Envelope box) throws SQLException {
            double turn = box.getMaxX() > UnwrappedBox.LONGITUDE_MAX ? UnwrappedBox.TURN : -UnwrappedBox.TURN;
            int at = set(statement, 1, box.getMaxX(), box.getMinX(), box.getMaxY(), box.getMinY());
            at = SqlQuestions.bindTime(statement, at, question.time());
            at = set(statement, at, turn, box.getMaxX(), turn, box.getMinX(), box.getMaxY(), box.getMinY());
            at = set(statement, at, box.getMaxX(), box.getMinX());
            SqlQuestions.bindTime(statement, at, question.time());
        }

        private static int set(PreparedStatement statement, int first, double... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                statement.setDouble(first + i, values[i]);
            }
            return first + values.length;
        }

        @Override
        public PreparedGeometry exact(Question question) {
            return JdbcRows.prepare(question.place());
        }
    }
}
