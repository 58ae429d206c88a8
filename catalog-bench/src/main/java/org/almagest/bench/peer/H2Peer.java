package org.almagest.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;

/** H2 with its spatial index, and the exact test by JTS. A commit is forced, which it would not be by itself. */
final class H2Peer implements Peer {
    private static final String CREATE = "create table if not exists granules (id uuid primary key, time bigint,"
            + " geometry geometry, name varchar, platform varchar, product_type varchar, baseline varchar,"
            + " orbit bigint, cloud_cover double precision, file_size bigint, checksum varchar, published_at bigint,"
            + " polarization varchar array, assets varchar)";

    private final Path folder;
    private final String url;
    private final Connection connection;
    private final JdbcRows rows = new JdbcRows(new UuidDialect());
    private final PreparedStatement merge;

    H2Peer(Path folder) throws SQLException {
        this.folder = folder;
        long cacheKilobytes = Runtime.getRuntime().maxMemory() / 4 / 1_024;
        this.url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("granules") + ";CACHE_SIZE=" + cacheKilobytes;
        this.connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
            statement.execute("create index if not exists granules_time on granules (time)");
            statement.execute("create spatial index if not exists granules_geometry on granules (geometry)");
        }
        this.merge = connection.prepareStatement("merge into granules t using (select " + casts()
                + ") s on t.id = s.id when not matched then insert (" + JdbcRows.COLUMNS + ") values (s."
                + JdbcRows.COLUMNS.replace(", ", ", s.") + ")");
    }

    private static String casts() {
        String[] names = JdbcRows.COLUMNS.split(", ");
        String[] types = {
            "uuid",
            "bigint",
            "geometry",
            "varchar",
            "varchar",
            "varchar",
            "varchar",
            "bigint",
            "double precision",
            "bigint",
            "varchar",
            "bigint",
            "varchar array",
            "varchar"
        };
        return String.join(
                ", ",
                IntStream.range(0, names.length)
                        .mapToObj(i -> "cast(? as " + types[i] + ") as " + names[i])
                        .toList());
    }

    @Override
    public String version() throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        return "H2 " + version.substring(0, version.indexOf(' '));
    }

    @Override
    public boolean answers(QuestionKind kind) {
        return kind != QuestionKind.E2;
    }

    @Override
    public long ingest(List<Granule> batch) throws SQLException {
        connection.setAutoCommit(false);
        for (Granule row : batch) {
            rows.set(merge, 1, row);
            merge.addBatch();
        }
        long created = IntStream.of(merge.executeBatch()).sum();
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
        return created;
    }

    @Override
    public void finish() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze");
            statement.execute("checkpoint sync");
        }
    }

    /** Writes the file anew, which closes the database: nothing but its size can be asked afterwards. */
    @Override
    public void settle() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
    }

    @Override
    public Session session() throws SQLException {
        return new SqlQuestions(
                DriverManager.getConnection(url),
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

    /** Asks for the halves of an area across the antimeridian, because the box around both lies everywhere. */
    private static final class Areas implements SqlQuestions.AreaQueries {
        private static final GeometryFactory FACTORY = new GeometryFactory();

        @Override
        public String text(String select, String more) {
            return select + " where geometry && ?" + more;
        }

        @Override
        public List<Envelope> boxes(Question question) {
            return question.place().boxes();
        }

        @Override
        public void bind(PreparedStatement statement, Question question, Envelope box) throws SQLException {
            statement.setObject(1, FACTORY.toGeometry(box));
            SqlQuestions.bindTime(statement, 2, question.time());
        }

        @Override
        public PreparedGeometry exact(Question question) {
            return JdbcRows.prepare(question.place());
        }
    }
}
