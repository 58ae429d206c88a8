/** Puts a server together, starts it, and stops it. */
@NullMarked
package org.almagest.server.main;

import org.jspecify.annotations.NullMarked;
