package org.almagest.bench.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.io.WKBWriter;
import org.postgresql.PGConnection;

/** PostgreSQL with PostGIS: an index over the geometry, one over the time, and the exact test by PostGIS. */
final class PostgresPeer implements Peer {
    /** The system property with the JDBC URL of a database with PostGIS, user and password in it where they matter. */
    static final String URL = "almagest.bench.postgres";

    private static final String COLUMNS = "(id uuid%s, time bigint not null, geometry geometry(geometry, 4326),"
            + " name text, platform text, product_type text, baseline text, orbit bigint, cloud_cover float8,"
            + " file_size bigint, checksum text, published_at bigint, polarization text[], assets jsonb)";
    private static final int ROW_CHARACTERS = 700;

    private final String table;
    private final Connection connection;
    private final WKBWriter writer = new WKBWriter(2, 2);

    PostgresPeer(String table) throws SQLException {
        this.table = table.replace('-', '_');
        this.connection = connect();
        try (Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                create(statement);
            }
        }
    }

    private boolean exists(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("select to_regclass('" + table + "')")) {
            result.next();
            return result.getString(1) != null;
        }
    }

    private void create(Statement statement) throws SQLException {
        statement.execute("create extension if not exists postgis");
        statement.execute("create table " + table + COLUMNS.replace("%s", " primary key"));
        statement.execute("create index " + table + "_time on " + table + " (time)");
        statement.execute("create index " + table + "_geometry on " + table + " using gist (geometry)");
    }

    /** Refuses a server whose commits are not durable. */
    private static void mustForce(Statement statement) throws SQLException {
        for (String setting : new String[] {"fsync", "synchronous_commit"}) {
            try (ResultSet result = statement.executeQuery("show " + setting)) {
                result.next();
                if (!result.getString(1).equals("on")) {
                    throw new SQLException("postgres: " + setting + ": " + result.getString(1) + " (expected on)");
                }
            }
        }
    }

    private static Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("prepareThreshold", "-1"); // binary transfer from the first time on
        properties.setProperty("options", "-c plan_cache_mode=force_custom_plan -c jit=off");
        return DriverManager.getConnection(System.getProperty(URL, ""), properties);
    }

    /** Drops the table of a data set. */
    static void drop(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists " + table.replace('-', '_'));
        }
    }

    @Override
    public String version() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show server_version")) {
            result.next();
            String server = result.getString(1).split(" ")[0];
            try (ResultSet postgis = statement.executeQuery("select postgis_lib_version()")) {
                postgis.next();
                return "PostgreSQL " + server + " PostGIS " + postgis.getString(1);
            }
        }
    }

    @Override
    public boolean answers(QuestionKind kind) {
        return kind != QuestionKind.E2;
    }

    /** Copies into a temporary table first, because a copy cannot skip what is there. */
    @Override
    public long ingest(List<Granule> rows) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            mustForce(statement);
            statement.execute("create temp table if not exists arriving " + COLUMNS.replace("%s", ""));
        }
        connection.setAutoCommit(false);
        StringBuilder text = new StringBuilder(rows.size() * ROW_CHARACTERS);
        rows.forEach(row -> append(text, row));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy arriving from stdin", new ByteArrayInputStream(bytes));
        long created;
        try (Statement statement = connection.createStatement()) {
            created = statement.executeUpdate(
                    "insert into " + table + " select * from arriving on conflict (id) do nothing");
            statement.execute("truncate arriving");
        }
        connection.commit();
        connection.setAutoCommit(true);
        return created;
    }

    private void append(StringBuilder out, Granule row) {
        out.append(new UUID(row.idHigh(), row.idLow())).append('\t');
        out.append(row.timeMillis()).append('\t');
        out.append(WKBWriter.toHex(writer.write(row.geometry()))).append('\t');
        text(out, row.name());
        text(out, row.platform());
        text(out, row.productType());
        text(out, row.baseline());
        out.append(row.orbit()).append('\t');
        Double cloud = row.cloudCover();
        out.append(cloud == null ? "\\N" : cloud.toString()).append('\t');
        out.append(row.fileSize()).append('\t');
        text(out, row.checksum());
        out.append(row.publishedMillis()).append('\t');
        boolean camera = row.polarization().isEmpty();
        out.append(camera ? "\\N" : "{" + String.join(",", row.polarization()) + "}")
                .append('\t');
        text(out, row.assets());
        out.setCharAt(out.length() - 1, '\n');
    }

    private static void text(StringBuilder out, @Nullable String value) {
        out.append(value == null ? "\\N" : value.replace("\\", "\\\\")).append('\t');
    }

    @Override
    public void finish() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze " + table);
            statement.execute("checkpoint");
        }
    }

    /** Puts the rows in order of time and builds the indexes anew, as {@code cluster} does both. */
    @Override
    public void settle() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("cluster " + table + " using " + table + "_time");
            statement.execute("vacuum analyze " + table);
            statement.execute("checkpoint");
        }
    }

    @Override
    public Session session() throws SQLException {
        String columns = JdbcRows.COLUMNS.replace("geometry", "ST_AsBinary(geometry)");
        return new SqlQuestions(
                connect(), "select " + columns + " from " + table, new JdbcRows(new UuidDialect()), new Areas());
    }

    @Override
    public long bytesOnDisk() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_total_relation_size('" + table + "')")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static final class Areas implements SqlQuestions.AreaQueries {
        private static final GeometryFactory FACTORY = new GeometryFactory();

        private final WKBWriter writer = new WKBWriter(2, 2);

        @Override
        public String text(String select, String more) {
            return select + " where ST_Intersects(geometry, ST_GeomFromWKB(?, 4326))" + more;
        }

        @Override
        public List<Envelope> boxes(Question question) {
            return question.place().boxes();
        }

        /** The halves of an area across the antimeridian are asked one by one: the box around both lies everywhere. */
        @Override
        public void bind(PreparedStatement statement, Question question, Envelope box) throws SQLException {
            boolean whole = !question.place().crossesAntimeridian();
            Geometry area = whole ? question.place().geometry() : FACTORY.toGeometry(box);
            statement.setBytes(1, writer.write(area));
            SqlQuestions.bindTime(statement, 2, question.time());
        }

        @Override
        public @Nullable PreparedGeometry exact(Question question) {
            return null;
        }
    }
}
