package org.almagest.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes and reads to a condition; a client that keeps no rules. */
final class RawSocket implements AutoCloseable {
    final Socket socket;

    private RawSocket(Socket socket) {
        this.socket = socket;
    }

    static RawSocket to(int port) throws IOException {
        return from("127.0.0.1", port);
    }

    /** Connects from an address of its own, such as 127.0.0.7. */
    static RawSocket from(String address, int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) HttpTestServer.LONG.toMillis());
        socket.setReceiveBufferSize(8 << 10);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawSocket(socket);
    }

    RawSocket send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads until a text has come, and returns everything up to its end. */
    String readTo(String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads until the server closes the connection; a reset is an end too. */
    byte[] readToEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException e) {
            return bytes.toByteArray();
        }
        return bytes.toByteArray();
    }

    String textToEnd() {
        return new String(readToEnd(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
