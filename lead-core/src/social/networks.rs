//! The networks and link-in-bio pages: their hosts, and how each writes the address of a profile.
//!
//! Rules were read off the networks' own pages in 2026.

use crate::word_list::WordList;

/// A network.
pub(super) struct Network {
    pub(super) name: &'static str,
    /// Its hosts, parted by spaces; a name in front (`www.`, `m.`, a language) is allowed.
    pub(super) hosts: &'static str,
    /// The host of a profile's canonical address.
    pub(super) canonical: &'static str,
    /// The forms of a profile's path, parted by spaces, tried in order: see [`super::path`]. Empty for those read by
    /// a function of their own.
    pub(super) paths: &'static str,
    /// First path segments that are the network's own beside [`OWN`], parted by spaces. `wall-*` is a beginning, `#`
    /// any number.
    pub(super) own: &'static str,
}

const fn net(
    name: &'static str,
    hosts: &'static str,
    canonical: &'static str,
    paths: &'static str,
    own: &'static str,
) -> Network {
    Network {
        name,
        hosts,
        canonical,
        paths,
        own,
    }
}

#[rustfmt::skip] // a row a network
pub(super) const NETWORKS: &[Network] = &[
    net("facebook", "facebook.com fb.com fb.me", "www.facebook.com", "",
        "tr watch photo photos video videos story permalink l reel reels gaming badges feeds ajax messages campaign \
         like notes media connect profile marketplace events dialog plugins"),
    net("instagram", "instagram.com instagr.am", "www.instagram.com", "*", "p reel reels tv stories direct web"),
    net("linkedin", "linkedin.com", "www.linkedin.com", "+company|companies/* +in/* +school|edu/* +showcase/*", ""),
    net("x", "twitter.com x.com", "x.com", "*", "i statuses goodies compose messages account"),
    net("youtube", "youtube.com", "www.youtube.com", "channel/$ @* c/* user/* *",
        "watch playlist results shorts feed live t v e channel c user redirect gaming premium iframe_api player_api yt \
         howyoutubeworks intl attribution_link static post clip creators kids music"),
    net("tiktok", "tiktok.com", "www.tiktok.com", "@*", ""),
    net("pinterest", "pinterest.com pinterest.de pinterest.fr pinterest.co.uk pinterest.es pinterest.it pinterest.at \
         pinterest.ca pinterest.ch pinterest.com.au pinterest.ie pinterest.nl pinterest.se pinterest.pt pinterest.jp \
         pinterest.com.mx", "www.pinterest.com", "*", "pin ideas _ categories today business"),
    net("threads", "threads.net threads.com", "www.threads.com", "@*", ""),
    net("bluesky", "bsky.app", "bsky.app", "profile/*", ""),
    net("mastodon", "mastodon.social mastodon.online mastodon.world mastodon.art mastodon.nl mastodon.uno mstdn.social \
         mstdn.jp mas.to fosstodon.org hachyderm.io techhub.social infosec.exchange chaos.social social.tchncs.de \
         mastodonapp.uk norden.social ruhr.social piaille.fr pawoo.net", "", "", ""),
    net("snapchat", "snapchat.com", "www.snapchat.com", "add/* @*", ""),
    net("whatsapp", "whatsapp.com", "www.whatsapp.com", "channel/$", ""),
    net("messenger", "m.me", "m.me", "*", ""),
    net("telegram", "t.me telegram.me telegram.dog", "t.me", "(s)/* *", "s joinchat addstickers addlist proxy socks iv c"),
    net("discord", "discord.gg", "discord.gg", "$", ""),
    net("discord", "discord.com discordapp.com", "discord.gg", "(invite)/$", ""),
    net("line", "line.me", "line.me", "R/ti/p/@* ti/p/@*", ""),
    net("line", "lin.ee", "lin.ee", "$", ""),
    net("kakaotalk", "pf.kakao.com", "pf.kakao.com", "$", ""),
    net("zalo", "zalo.me", "zalo.me", "*", "# g pc"),
    net("reddit", "reddit.com", "www.reddit.com", "+r/* +user|u/*", ""),
    net("quora", "quora.com", "www.quora.com", "profile/$", ""),
    net("nextdoor", "nextdoor.com nextdoor.co.uk nextdoor.de nextdoor.fr", "nextdoor.com", "pages/*", ""),
    net("vk", "vk.com vkontakte.ru vk.ru", "vk.com", "*", "away widget_community wall wall-* video video* album album-* \
         photo-* topic-* market-* app* im js"),
    net("ok", "ok.ru odnoklassniki.ru", "ok.ru", "+group/# +profile/# *", "dk video group profile"),
    net("weibo", "weibo.com", "www.weibo.com", "u/# *", "u tv n p"),
    net("douyin", "douyin.com", "www.douyin.com", "user/$", ""),
    net("xiaohongshu", "xiaohongshu.com", "www.xiaohongshu.com", "user/profile/$", ""),
    net("bilibili", "space.bilibili.com", "space.bilibili.com", "#", ""),
    net("naver-blog", "blog.naver.com", "blog.naver.com", "*", ""),
    net("xing", "xing.com", "www.xing.com", "+profile/* +pages|companies|company/*", ""),
    net("crunchbase", "crunchbase.com", "www.crunchbase.com", "+organization/* +person/*", ""),
    net("wellfound", "wellfound.com angel.co", "wellfound.com", "company/*", ""),
    net("producthunt", "producthunt.com", "www.producthunt.com", "@* products/*", ""),
    net("github", "github.com", "github.com", "*", "topics marketplace sponsors orgs site customer-stories readme \
         enterprise apps collections trending events solutions team resources"),
    net("gitlab", "gitlab.com", "gitlab.com", "*", "- users projects groups"),
    net("bitbucket", "bitbucket.org", "bitbucket.org", "*", "product account"),
    net("stackoverflow", "stackoverflow.com", "stackoverflow.com", "users/#", ""),
    net("vimeo", "vimeo.com", "vimeo.com", "*", "# channels groups album showcase ondemand watch categories upgrade"),
    net("dailymotion", "dailymotion.com", "www.dailymotion.com", "*", "video playlist"),
    net("twitch", "twitch.tv", "www.twitch.tv", "*", "videos directory p popout"),
    net("rumble", "rumble.com", "rumble.com", "+c/* +user/*", ""),
    net("odysee", "odysee.com", "odysee.com", "@*", ""),
    net("truthsocial", "truthsocial.com", "truthsocial.com", "@*", ""),
    net("soundcloud", "soundcloud.com", "soundcloud.com", "*", "you stream discover upload charts pages player"),
    net("spotify", "spotify.com", "open.spotify.com", "+artist/$ +user/$ +show/$", ""),
    net("bandcamp", "bandcamp.com", "bandcamp.com", "~", ""),
    net("mixcloud", "mixcloud.com", "www.mixcloud.com", "*", "discover upload widget"),
    net("lastfm", "last.fm", "www.last.fm", "+user/* +music/*", ""),
    net("myspace", "myspace.com", "myspace.com", "*", "discover"),
    net("tumblr", "tumblr.com", "www.tumblr.com", "~ (blog)/(view)/* (blog)/* *", "dashboard tagged reblog blog"),
    net("medium", "medium.com", "medium.com", "@*! ~!", ""),
    net("substack", "substack.com", "substack.com", "@*! ~!", ""),
    net("flickr", "flickr.com", "www.flickr.com", "people|photos/$!", ""),
    net("500px", "500px.com", "500px.com", "p/*", ""),
    net("behance", "behance.net", "www.behance.net", "*", "gallery galleries joblist assets"),
    net("dribbble", "dribbble.com", "dribbble.com", "*", "shots designers stories"),
    net("deviantart", "deviantart.com", "www.deviantart.com", "~ *", "art tag"),
    net("houzz", "houzz.com houzz.de houzz.co.uk houzz.fr houzz.com.au", "www.houzz.com", "pro/*", ""),
    net("etsy", "etsy.com", "www.etsy.com", "shop/* (_)/shop/* ~", ""),
    net("patreon", "patreon.com", "www.patreon.com", "(c)/* *", "posts bepatron user c"),
    net("ko-fi", "ko-fi.com", "ko-fi.com", "*", "# s post summary"),
    net("buymeacoffee", "buymeacoffee.com", "buymeacoffee.com", "*", ""),
    net("strava", "strava.com", "www.strava.com", "+clubs/* +athletes/# +pros/*", ""),
    net("yelp", "yelp.com yelp.de yelp.fr yelp.co.uk yelp.ca yelp.it yelp.es yelp.ie yelp.at yelp.ch yelp.nl yelp.be \
         yelp.com.au", "www.yelp.com", "biz/*", ""),
    net("tripadvisor", "tripadvisor.com tripadvisor.de tripadvisor.fr tripadvisor.co.uk tripadvisor.it tripadvisor.es \
         tripadvisor.ca tripadvisor.com.au tripadvisor.at tripadvisor.ch tripadvisor.nl tripadvisor.ie tripadvisor.in",
        "www.tripadvisor.com", "", ""),
    net("foursquare", "foursquare.com", "foursquare.com", "v/(_)/$ v/$ *", "v item city"),
    net("trustpilot", "trustpilot.com", "www.trustpilot.com", "review/*", ""),
    net("google", "g.page", "g.page", "r/$ *", "r"),
    // Pages that gather the links of one profile.
    net("linktree", "linktr.ee", "linktr.ee", "*", "s blog admin"),
    net("beacons", "beacons.ai", "beacons.ai", "*", "i"),
    net("bio-link", "bio.link", "bio.link", "~ *", ""),
    net("bio-site", "bio.site", "bio.site", "*", ""),
    net("lnk-bio", "lnk.bio", "lnk.bio", "*", ""),
    net("linkin-bio", "linkin.bio", "linkin.bio", "*", ""),
    net("campsite", "campsite.bio campsite.to", "campsite.bio", "*", ""),
    net("carrd", "carrd.co", "carrd.co", "~", ""),
    net("about-me", "about.me", "about.me", "*", ""),
    net("allmylinks", "allmylinks.com", "allmylinks.com", "*", ""),
    net("solo-to", "solo.to", "solo.to", "*", ""),
    net("milkshake", "msha.ke", "msha.ke", "*", ""),
    net("flowpage", "flow.page", "flow.page", "*", ""),
    net("hoo-be", "hoo.be", "hoo.be", "*", ""),
    net("stan", "stan.store", "stan.store", "*", ""),
    net("direct-me", "direct.me", "direct.me", "*", ""),
    net("komi", "komi.io", "komi.io", "~", ""),
    net("heylink", "heylink.me", "heylink.me", "*", ""),
    net("taplink", "taplink.cc taplink.at", "taplink.cc", "*", ""),
    net("tap-bio", "tap.bio", "tap.bio", "@*", ""),
    net("instabio", "instabio.cc", "instabio.cc", "*", ""),
    net("magicly", "magic.ly", "magic.ly", "*", ""),
    net("koji", "withkoji.com", "withkoji.com", "@*", ""),
];

/// First path segments that belong to the network itself wherever they stand: buttons, policies, doors.
pub(super) static OWN: WordList<256> = WordList::new(
    "about|account|accounts|ads|api|app|apps|blog|brand|business|careers|company|contact|cookies|create|\
    developer|developers|directory|discover|docs|download|downloads|embed|explore|features|feedback|\
    hashtag|help|home|info|intent|jobs|join|language|legal|login|logout|mobile|news|oauth|policies|\
    policy|press|pricing|privacy|register|search|security|settings|share|sharearticle|sharer|signin|\
    signup|sitemap|store|submit|subscribe|support|tag|tags|terms|tos|upload|widget|widgets",
);

/// Names in front of a network's host that are not profiles' hosts.
pub(super) const OWN_HOSTS: &str = "about accounts ads api assets blog business careers cdn chat clips connect dev \
    developer developers docs education embed gist graph help img l lm login media pages player platform policies press \
    raw static status store support w widgets";

/// What templates put in place of a handle.
pub(super) static PLACEHOLDERS: WordList<64> = WordList::new(
    "channelname|example|handle|page-name|pagename|profile|profilename|username|user|yourbrand|\
    yourbusiness|yourchannel|yourcompany|yourcompanyname|yourhandle|yourname|your_name|yourpage|\
    your-page|yourprofile|yourusername|your_username|your-username",
);

/// The profiles of makers of web sites, which their templates link to.
pub(super) const MAKERS: &str = "elementor envato godaddy joomla jimdo shopify squarespace themeforest webflow weebly wix \
    wixcom wordpress wordpressdotcom wordpresscom";

/// Whether `list`, words parted by spaces, has `word`.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether the network keeps paths that begin with `segment` for itself.
pub(super) fn is_own(network: &Network, segment: &str) -> bool {
    let segment = segment.to_lowercase();
    let bare = [".php", ".html", ".htm", ".aspx", ".js"]
        .iter()
        .find_map(|ending| segment.strip_suffix(ending))
        .unwrap_or(&segment);
    let own = |known: &str| match known.strip_suffix('*') {
        Some(start) => segment.len() > start.len() && segment.starts_with(start),
        None if known == "#" => segment.bytes().all(|byte| byte.is_ascii_digit()),
        None => known == bare,
    };
    OWN.holds(bare) || network.own.split_ascii_whitespace().any(own)
}
