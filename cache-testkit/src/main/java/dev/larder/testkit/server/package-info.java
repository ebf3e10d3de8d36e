/** Real Redis servers for tests: one alone, a cluster, one with sentinels; with TLS and users if wanted. */
@NullMarked
package dev.larder.testkit.server;

import org.jspecify.annotations.NullMarked;
