package org.almagest.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almagest.bench.data.Area;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.data.TimeSpan;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;

/**
 * SQLite with one R*Tree over longitude, latitude and time, and the exact test by JTS.
 *
 * <p>A footprint across the antimeridian has an entry for each part, because one box around both would lie everywhere.
 * Time is in days there, a scale like that of degrees (in seconds the tree cuts by time alone and is 30 times slower
 * where all time is asked); the tree keeps float32 rounded outwards, and the exact time is tested in the table.
 */
final class SqlitePeer implements Peer {
    /** The system property that says how many bytes of the file are mapped; 0 where it is to be read by calls. */
    static final String MAPPED = "almagest.bench.sqlite.mapped";

    static final int PARTS_MAX = 8;
    private static final double MILLIS_PER_DAY = GranuleSource.MILLIS_PER_DAY;
    private static final int ID_BYTES = 16;
    private static final long MAPPED_BYTES_MAX = 1L << 34;

    private final Path folder;
    private final String url;
    private final Connection connection;
    private final JdbcRows rows = new JdbcRows(new SqliteDialect());
    private final PreparedStatement insertRow;
    private final PreparedStatement insertBox;
    private long nextRow;

    SqlitePeer(Path folder) throws SQLException, IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        this.url = "jdbc:sqlite:" + folder.resolve("granules.db");
        this.connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists granules (n integer primary key, id blob not null unique,"
                    + " time integer not null, geometry blob, name text, platform text, product_type text,"
                    + " baseline text, orbit integer, cloud_cover real, file_size integer, checksum text,"
                    + " published_at integer, polarization text, assets text)");
            statement.execute("create index if not exists granules_time on granules (time)");
            statement.execute("create virtual table if not exists boxes using rtree"
                    + " (n, west, east, south, north, first, last)");
            try (ResultSet last = statement.executeQuery("select coalesce(max(n), 0) from granules")) {
                nextRow = last.getLong(1) + 1;
            }
        }
        this.insertRow = connection.prepareStatement(
                "insert or ignore into granules (n, " + JdbcRows.COLUMNS + ") values (?, " + JdbcRows.MARKS + ")");
        this.insertBox = connection.prepareStatement("insert into boxes values (?, ?, ?, ?, ?, ?, ?)");
    }

    private Connection connect() throws SQLException {
        Connection opened = DriverManager.getConnection(url);
        try (Statement statement = opened.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("pragma cache_size = -262144");
            statement.execute("pragma mmap_size = " + Long.getLong(MAPPED, MAPPED_BYTES_MAX));
        }
        return opened;
    }

    @Override
    public String version() {
        return "SQLite R*Tree " + org.sqlite.SQLiteJDBCLoader.getVersion();
    }

    @Override
    public boolean answers(QuestionKind kind) {
        return kind != QuestionKind.E2;
    }

    @Override
    public long ingest(List<Granule> batch) throws SQLException {
        connection.setAutoCommit(false);
        long created = 0;
        for (Granule row : batch) {
            insertRow.setLong(1, nextRow);
            rows.set(insertRow, 2, row);
            if (insertRow.executeUpdate() == 1) {
                insertBoxes(row);
                nextRow++;
                created++;
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        return created;
    }

    private void insertBoxes(Granule row) throws SQLException {
        double time = treeTime(row.timeMillis());
        Geometry geometry = row.geometry();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Envelope box = geometry.getGeometryN(i).getEnvelopeInternal();
            insertBox.setLong(1, nextRow * PARTS_MAX + i);
            insertBox.setDouble(2, box.getMinX());
            insertBox.setDouble(3, box.getMaxX());
            insertBox.setDouble(4, box.getMinY());
            insertBox.setDouble(5, box.getMaxY());
            insertBox.setDouble(6, time);
            insertBox.setDouble(7, time);
            insertBox.executeUpdate();
        }
    }

    private static double treeTime(long timeMillis) {
        return (timeMillis - GranuleSource.START_MILLIS) / MILLIS_PER_DAY;
    }

    @Override
    public void finish() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze granules");
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    @Override
    public void settle() throws SQLException {
        try (Connection own = connect(); // a connection that keeps statements does not vacuum
                Statement statement = own.createStatement()) {
            statement.execute("vacuum");
            statement.execute("analyze granules");
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    @Override
    public Session session() throws SQLException {
        return new Questions(connect());
    }

    @Override
    public long bytesOnDisk() throws IOException {
        return Folders.bytes(folder);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static final class Questions implements Session {
        private static final String SELECT = "select g." + JdbcRows.COLUMNS.replace(", ", ", g.");

        private final Connection connection;
        private final JdbcRows rows = new JdbcRows(new SqliteDialect());
        private final PreparedStatement byTime;
        private final PreparedStatement byBox;
        private final PreparedStatement byBoxAndCloud;
        private final PreparedStatement byArea;
        private final PreparedStatement byId;
        private final PreparedStatement count;
        private final PreparedStatement page;

        Questions(Connection connection) throws SQLException {
            this.connection = connection;
            this.byTime = connection.prepareStatement(SELECT + " from granules g where time >= ? and time < ?");
            String boxed = SELECT + ", g.n from boxes b cross join granules g on g.n = b.n / " + PARTS_MAX
                    + " where b.east >= ? and b.west <= ? and b.north >= ? and b.south <= ?";
            String timed = boxed + " and b.last >= ? and b.first <= ? and g.time >= ? and g.time < ?";
            this.byArea = connection.prepareStatement(boxed);
            this.byBox = connection.prepareStatement(timed);
            this.byBoxAndCloud =
                    connection.prepareStatement(timed + " and g.cloud_cover < " + QuestionKind.CLOUD_BELOW);
            this.byId = connection.prepareStatement(SELECT + " from granules g where id = ?");
            this.count = connection.prepareStatement("select count(*) from granules where time >= ? and time < ?");
            this.page = connection.prepareStatement(
                    SELECT + " from granules g where time >= ? order by time limit " + QuestionKind.PAGE_ROWS);
        }

        @Override
        public void ask(Question question, RowDigest digest) throws SQLException {
            switch (question.kind()) {
                case A1, A30 -> {
                    try (ResultSet result = during(byTime, question.time())) {
                        rows.addAll(result, null, digest);
                    }
                }
                case F -> {
                    try (ResultSet result = during(count, question.time())) {
                        digest.counted(result.getLong(1));
                    }
                }
                case E -> {
                    byId.setBytes(1, idBytes(question.wanted()));
                    try (ResultSet result = byId.executeQuery()) {
                        rows.addAll(result, null, digest);
                    }
                }
                case I -> {
                    page.setLong(1, question.time().startMillis());
                    try (ResultSet result = page.executeQuery()) {
                        rows.addAll(result, null, digest);
                    }
                }
                default -> askForArea(question, digest);
            }
        }

        private static ResultSet during(PreparedStatement statement, TimeSpan time) throws SQLException {
            statement.setLong(1, time.startMillis());
            statement.setLong(2, time.endMillis());
            return statement.executeQuery();
        }

        private void askForArea(Question question, RowDigest digest) throws SQLException {
            Area area = question.place();
            PreparedGeometry prepared = JdbcRows.prepare(area);
            PreparedStatement statement = question.time().isAll() ? byArea : byBox;
            if (question.kind() == QuestionKind.G) {
                statement = byBoxAndCloud;
            }
            Set<Long> seen = new HashSet<>();
            for (Envelope box : area.boxes()) {
                bind(statement, box, question.time());
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        Geometry geometry = rows.geometry(result);
                        boolean first =
                                !area.crossesAntimeridian() || seen.add(result.getLong(JdbcRows.COLUMN_COUNT + 1));
                        if (first && prepared.intersects(geometry)) {
                            rows.add(result, geometry, digest);
                        }
                    }
                }
            }
        }

        private static void bind(PreparedStatement statement, Envelope box, TimeSpan time) throws SQLException {
            statement.setDouble(1, box.getMinX());
            statement.setDouble(2, box.getMaxX());
            statement.setDouble(3, box.getMinY());
            statement.setDouble(4, box.getMaxY());
            if (time.isAll()) {
                return;
            }
            statement.setDouble(5, treeTime(time.startMillis()));
            statement.setDouble(6, treeTime(time.endMillis()));
            statement.setLong(7, time.startMillis());
            statement.setLong(8, time.endMillis());
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static byte[] idBytes(Granule row) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(row.idHigh())
                .putLong(row.idLow())
                .array();
    }

    private static final class SqliteDialect implements JdbcRows.Dialect {
        private static final String[] NONE = {};

        @Override
        public void setId(PreparedStatement statement, int column, Granule row) throws SQLException {
            statement.setBytes(column, idBytes(row));
        }

        @Override
        public void readId(ResultSet rows, int column, RowDigest digest) throws SQLException {
            digest.unchecked(ByteBuffer.wrap(rows.getBytes(column)).getLong(Long.BYTES));
        }

        @Override
        public void setTexts(PreparedStatement statement, int column, String[] values) throws SQLException {
            statement.setString(column, String.join(",", values));
        }

        @Override
        public String[] readTexts(ResultSet rows, int column) throws SQLException {
            String joined = rows.getString(column);
            return joined == null ? NONE : joined.split(",");
        }
    }
}
