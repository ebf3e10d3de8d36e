package dev.larder.servlet;

import dev.larder.patterns.session.SessionStore;
import jakarta.servlet.ServletContext;

/** What all sessions of a filter share. */
record SessionSetup(
        SessionStore store,
        SessionTracking tracking,
        SessionListeners listeners,
        FailureAnswers answers,
        ServletContext context) {}
