/**
 * Who the store is to the server: credentials, where they come from, and what keeps them fresh.
 *
 * <p>No secret is in a {@code toString}, in a message of an exception, or in the log.
 */
@NullMarked
package dev.larder.redis.auth;

import org.jspecify.annotations.NullMarked;
