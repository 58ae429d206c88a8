package org.almagest.bench.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of one connection that does the least: a client that does more would be measured too. */
final class KeepAlive implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final byte[] scratch = new byte[64 << 10];

    private KeepAlive(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    }

    static KeepAlive to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new KeepAlive(socket);
    }

    /** Returns the bytes of a request; the body may be empty. */
    static byte[] request(String method, String target, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + target + " HTTP/1.1\r\nhost: localhost\r\n";
        String length =
                bytes.length == 0 ? "" : "content-type: application/json\r\ncontent-length: " + bytes.length + "\r\n";
        return (head + length + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Sends a request and reads its answer to the end.
     *
     * @return the bytes of the body
     * @throws IOException if the answer is not 200
     */
    long ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        long length = -1;
        for (String field = line(); !field.isEmpty(); field = line()) {
            if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(field.substring(15).strip());
            }
        }
        long bytes = length < 0 ? chunks() : skip(length);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answer: " + status);
        }
        return bytes;
    }

    private long chunks() throws IOException {
        long bytes = 0;
        for (long chunk = Long.parseLong(line(), 16); chunk > 0; chunk = Long.parseLong(line(), 16)) {
            bytes += skip(chunk);
            line();
        }
        line();
        return bytes;
    }

    private long skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int read = in.read(scratch, 0, (int) Math.min(left, scratch.length));
            if (read < 0) {
                throw new EOFException("answer: cut short");
            }
            left -= read;
        }
        return count;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("answer: cut short");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
