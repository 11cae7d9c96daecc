//! The traditional forms of the characters in Chinese place and industry names. It is no general converter.

/// Each traditional character, ascending, followed by its simplified form: those whose simplified form stands in a
/// name of the reference tables and which do not stand there themselves.
const PAIRS: &str = "\
    亞亚佈布來来侖仑係系倉仓個个們们倫伦偉伟備备傢家僕仆儀仪優优儲储兒儿兗兖內内兩两冊册凈净凱凯別别則则剋克剛刚創创劍剑劑剂動动務务勝胜勸劝勻匀匯汇區区卽即厤历叢丛吳吴呂吕啓启啟启單单噹当嚮向囌苏國国圍围\
    園园圖图團团垻坝埰采堯尧場场塗涂墊垫墰坛墻墙墾垦壇坛壓压壘垒壜坛壩坝壯壮壺壶壽寿夢梦夾夹婁娄孫孙學学宮宫寀采寧宁審审寬宽寶宝將将專专尋寻導导層层屬属岡冈峯峰島岛峽峡崍崃崑昆崗岗崙仑嵐岚嶗崂嶧峄嶺岭嶼屿\
    嶽岳巒峦巖岩師师帶带幹干庫库廂厢廈厦廕荫廠厂廢废廣广廬庐張张強强彆别彈弹彌弥彙汇彥彦彿佛後后從从復复徵征恆恒愛爱愷恺慄栗態态慶庆慼戚憑凭應应懞蒙懷怀戶户拋抛採采揚扬換换撫抚據据敘叙數数於于旂旗晉晋暉晖\
    曆历曏向會会朮术東东枴拐柺拐査查棄弃棗枣棲栖楊杨業业極极榦干榮荣構构樂乐樅枞樑梁樓楼標标樹树樺桦橋桥機机橫横檢检檯台權权欒栾欽钦歷历歸归殻壳殼壳氣气氫氢汙污沖冲涇泾涼凉淥渌淨净淩凌淶涞渦涡測测渾浑湞浈\
    湯汤準准溝沟溫温溮浉滄沧滎荥滙汇滿满漢汉漣涟漵溆漿浆潁颍潛潜潤润潯浔澗涧澠渑澤泽澱淀濛蒙濟济濰潍濱滨瀋沈瀏浏瀘泸瀰弥瀾澜灘滩灣湾灤滦為为烏乌烴烃無无煙烟煩烦熱热燈灯營营爐炉爲为爾尔牀床牆墙猶犹獅狮獨独\
    獲获獸兽獻献現现琿珲瑤瑶瑪玛環环瓊琼甌瓯甕瓮產产産产甦苏甯宁畢毕當当疇畴疊叠療疗發发監监盤盘盧卢眞真矇蒙硯砚碩硕碭砀確确礄硚礎础礦矿祿禄禪禅禮礼稜棱種种稱称穀谷積积穫获窪洼競竞箇个節节範范築筑簡简糰团\
    紅红納纳純纯紮扎細细紹绍終终結结絡络統统絲丝絳绛綏绥經经綜综綠绿綫线維维網网綵彩綿绵緊紧緑绿線线縉缙縣县縴纤績绩織织繩绳繫系纖纤纜缆罈坛罎坛羅罗羣群義义習习聖圣聞闻聯联聶聂肅肃脩修脫脱膠胶臘腊臥卧臨临\
    臺台與与興兴舊旧舘馆荊荆莊庄華华菴庵菸烟萊莱萬万葉叶葯药蒼苍蓋盖蓮莲蔭荫蕪芜蕭萧薊蓟薌芗薑姜薩萨藍蓝藥药藴蕴藺蔺蘄蕲蘆芦蘇苏蘊蕴蘭兰蘿萝處处蝕蚀術术衕同衚胡衛卫衝冲裏里裝装裡里製制複复覈核視视覺觉觀观\
    觸触計计託托訥讷設设許许証证詔诏評评試试誌志認认誼谊調调諸诸諾诺謀谋謙谦謝谢謨谟證证識识譙谯譜谱護护讓让讚赞豐丰貝贝貞贞貢贡貴贵費费賀贺資资賈贾賓宾賚赉賢贤質质賽赛贊赞贛赣趙赵車车軋轧軌轨軍军軟软軸轴\
    載载輔辅輕轻輝辉輪轮輸输輿舆轉转農农迴回連连週周進进遊游運运達达遙遥遜逊遠远遷迁遼辽邁迈邊边郟郏郵邮鄆郓鄉乡鄒邹鄖郧鄧邓鄭郑鄰邻鄲郸鄴邺醫医釩钒鈡钟鈦钛鈮铌鉅巨鉆钻鉛铅鉬钼鉭钽鉿铪銀银銅铜銹锈銻锑鋁铝\
    鋅锌鋒锋鋯锆鋼钢錢钱錦锦錫锡錯错鍍镀鍛锻鍵键鍾钟鎂镁鎢钨鎣蓥鎭镇鎮镇鏡镜鏽锈鐘钟鐵铁鑄铸鑲镶鑽钻長长門门開开間间閔闵閘闸閣阁閤合閩闽閬阆閶阊閻阎闆板關关陘陉陝陕陰阴陳陈陸陆陽阳隨随隴陇雙双雜杂雞鸡離离\
    雲云電电霑沾靈灵靜静鞏巩韆千韓韩響响頂顶項项順顺頗颇頭头額额顏颜顔颜類类風风颱台飼饲餘余館馆饒饶馬马駐驻騰腾驊骅驗验驛驿體体髮发鬆松鬍胡鬥斗鬱郁魚鱼魯鲁鮁鲅鮮鲜鯉鲤鳩鸠鳳凤鳴鸣鴨鸭鶴鹤鷄鸡鷹鹰鹹咸鹼碱\
    鹽盐麗丽麥麦麪面麫面麯曲麴曲麵面黃黄點点黨党齊齐齒齿龍龙";

/// Whether it is a traditional form.
pub(crate) fn is_traditional(it: char) -> bool {
    simplified(it) != it
}

/// The simplified form of a traditional one; anything else as it is.
pub(crate) fn simplified(it: char) -> char {
    // Every character takes three bytes, a pair six.
    let pair = |at: usize| PAIRS.get(at * 6..at * 6 + 6).map(|both| both.chars());
    let (mut low, mut high) = (0, PAIRS.len() / 6);
    while low < high {
        let middle = (low + high) / 2;
        let Some(mut both) = pair(middle) else { return it };
        match both.next().map(|first| first.cmp(&it)) {
            Some(std::cmp::Ordering::Equal) => return both.next().unwrap_or(it),
            Some(std::cmp::Ordering::Less) => low = middle + 1,
            _ => high = middle,
        }
    }
    it
}
