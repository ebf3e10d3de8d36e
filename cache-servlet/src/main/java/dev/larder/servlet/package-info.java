/**
 * Sessions of web applications in a {@link dev.larder.patterns.session.SessionStore}: a filter for any container of Jakarta
 * Servlet 6, which gives requests an {@code HttpSession} that every instance of the application can carry on with.
 */
@NullMarked
package dev.larder.servlet;

import org.jspecify.annotations.NullMarked;
