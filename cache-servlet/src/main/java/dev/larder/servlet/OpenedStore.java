package dev.larder.servlet;

import dev.larder.patterns.session.SessionStore;

/**
 * The store of a filter.
 *
 * @param closing what is to be done with it when the filter ends: nothing, if it belongs to the application
 */
record OpenedStore(SessionStore store, Runnable closing) {}
