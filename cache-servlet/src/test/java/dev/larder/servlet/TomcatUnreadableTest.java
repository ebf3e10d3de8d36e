package dev.larder.servlet;

import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;

class TomcatUnreadableTest extends UnreadableContract {

    @Override
    WebServer.Factory container() {
        return TomcatServer::start;
    }
}
