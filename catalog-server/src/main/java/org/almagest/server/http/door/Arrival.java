package org.almagest.server.http.door;

import java.net.InetAddress;
import org.almagest.io.stac.exchange.StacHeaders;

/**
 * A request whose headers have come.
 *
 * @param id 32 hexadecimal digits, made by the server
 * @param target path and query as sent
 * @param headers all of them, credentials included
 * @param address of the client, or of whom a trusted proxy names
 */
public record Arrival(String id, Route route, String target, StacHeaders headers, InetAddress address) {}
