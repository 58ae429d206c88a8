package org.almagest.bench.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.almagest.bench.data.Area;
import org.almagest.bench.data.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/** Asks the store of {@link SqlitePeer} for the names of rows under any condition. One thread. */
public final class SqliteNames implements AutoCloseable {
    private final Connection connection;
    private final WKBReader reader = new WKBReader();

    private SqliteNames(Connection connection) {
        this.connection = connection;
    }

    /** Opens the store in {@code folder}; text is compared case by case. */
    public static SqliteNames open(Path folder) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("granules.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma case_sensitive_like = on");
        }
        return new SqliteNames(connection);
    }

    /**
     * Returns the names of all rows that match.
     *
     * @param area everywhere where null
     * @param condition SQL over the columns of the table of rows
     */
    public SortedSet<String> matching(TimeSpan time, @Nullable Area area, String condition) throws SQLException {
        String where =
                " where (" + condition + ") and g.time >= " + time.startMillis() + " and g.time < " + time.endMillis();
        SortedSet<String> names = new TreeSet<>();
        if (area == null) {
            add("select g.name, g.geometry from granules g" + where, null, names);
            return names;
        }
        PreparedGeometry prepared = JdbcRows.prepare(area);
        List<Envelope> boxes = area.boxes();
        for (Envelope box : boxes) {
            add(
                    "select g.name, g.geometry from boxes b cross join granules g on g.n = b.n / "
                            + SqlitePeer.PARTS_MAX
                            + where + " and b.east >= " + box.getMinX() + " and b.west <= " + box.getMaxX()
                            + " and b.north >= " + box.getMinY() + " and b.south <= " + box.getMaxY(),
                    prepared,
                    names);
        }
        return names;
    }

    private void add(String sql, @Nullable PreparedGeometry area, SortedSet<String> names) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                if (area == null || area.intersects(reader.read(rows.getBytes(2)))) {
                    names.add(rows.getString(1));
                }
            }
        } catch (ParseException e) {
            throw new IllegalStateException("a peer returned a damaged geometry", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
