package dev.larder.servlet;

import java.util.EventListener;
import java.util.List;

/** How a filter was configured, by its builder or by init parameters. */
record FilterSettings(
        OpenedStore store,
        SessionTracking tracking,
        PathRules excluded,
        List<EventListener> listeners,
        FailureAnswers answers) {}
