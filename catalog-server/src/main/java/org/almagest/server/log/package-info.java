/** What is told about requests and events, and the lines that are written of it. */
@NullMarked
package org.almagest.server.log;

import org.jspecify.annotations.NullMarked;
