/**
 * Spring Session over a {@link dev.larder.patterns.session.SessionStore}: sessions of Spring in a cache of any JCache provider.
 *
 * <p>{@link dev.larder.spring.session.EnableLarderHttpSession} turns it on; with Spring Boot nothing needs to be turned on.
 */
@NullMarked
package dev.larder.spring.session;

import org.jspecify.annotations.NullMarked;
