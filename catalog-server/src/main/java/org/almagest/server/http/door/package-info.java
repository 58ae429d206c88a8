/** Who may come in, and to whom they are led: what is decided about a request before its body is read. */
@NullMarked
package org.almagest.server.http.door;

import org.jspecify.annotations.NullMarked;
