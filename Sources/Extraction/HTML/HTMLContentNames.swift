/// Ids and classes by which site builders mark an article: TRS (TRS_Editor, TRS_UEDITOR), UCAP (UCAP-CONTENT), the
/// `zoom` of 字体：大 中 小, 大汉 (bt_content, article), 正方 and hand-made templates. They are hints: only ``HTMLContent``
/// decides whether such an element holds the report.
enum HTMLContentNames {
    /// What the words of an `id` or `class` say.
    static func flags(_ value: UnsafeBufferPointer<UInt8>) -> HTMLTree.Flags {
        var flags: HTMLTree.Flags = []
        for word in value.split(whereSeparator: { $0 <= 0x20 }) where word.count <= 40 {
            let name = HTMLAttribute.lowercased(word)
            if content.contains(name) { flags.insert(.content) }
            if titles.contains(name) { flags.insert(.title) }
        }
        return flags
    }

    private static let content: Set<String> = [
        "zoom", "ucap-content", "trs_editor", "trs_ueditor", "trs_paper_default", "trs_word", "article-content",
        "article_content",
        "articlecontent", "article-con", "article_con", "articlecon", "article-body", "article_body", "articlebody",
        "article-text", "article", "content", "content_body", "content-body", "contentbody", "contenttext",
        "content-text",
        "content_text", "contenttxt", "content-txt", "maincontent", "main-content", "main_content", "con_text",
        "context", "con_txt", "con_con", "conter", "news_content", "news-content", "newscontent", "news_con",
        "news-con", "newscon",
        "news_text", "newstext", "detail", "detail-content", "detail_content", "detailcontent", "details",
        "xxgk_content", "xxgk-content", "xxgkcontent", "xxgk_detail_content", "gk_content", "gkcontent", "view",
        "viewcontent",
        "view_content", "pages_content", "page_content", "page-content", "txt", "txtcontent", "text", "textcontent",
        "bt_content", "bt-content", "j-content", "wz_content", "wzcontent", "wznr", "nrong", "nr", "zw", "zwnr",
        "zhengwen",
        "editor", "editor-content", "ueditor", "rich_media_content", "js_content", "doc_content", "docbody",
        "info_content",
        "infocontent", "print", "printcontent", "printarea", "print_area", "cas_content", "vsb_content",
        "v_news_content",
        "wp_articlecontent", "entry-content", "post-content", "fontzoom", "font_zoom", "fontsize", "mcontent",
    ]

    private static let titles: Set<String> = [
        "title", "tit", "biaoti", "bt", "arti_title", "article-title", "article_title", "articletitle", "atitle",
        "a_title",
        "content_title", "content-title", "contenttitle", "con_title", "con-title", "detail-title", "detail_title",
        "detailtitle", "news_title", "news-title", "newstitle", "pages-title", "page-title", "pagetitle", "xxgk_title",
        "xl_title", "wz_title", "wztitle", "main-title", "main_title", "zwtitle", "ucaptitle", "title_cen", "titlecon",
    ]
}
